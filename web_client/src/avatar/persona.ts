/** A persona: colours and drawn parts as data. The rig moves the parts; it knows no particular face. */
export interface Persona {
  id: string;
  name: string;
  palette: {
    skin: string;
    skinShade: string;
    skinLight: string;
    blush: string;
    lip: string;
    lipDark: string;
    iris: string;
    irisDark: string;
    hair: string;
    hairDark: string;
    hairLight: string;
    brow: string;
    jacket: string;
    jacketDark: string;
    shirt: string;
    shirtShade: string;
  };
  /** Paths in the rig's 640 x 640 space; hair behind the head, and in front of it. */
  rearHair: readonly string[];
  frontHair: readonly string[];
  /** Thin lighter strands on the front hair. */
  hairSheen: readonly string[];
  face: string;
  jacket: readonly string[];
  lapels: readonly string[];
  shirt: readonly string[];
  /** Stroke width of the brows. */
  browWidth: number;
  lashes: boolean;
  earrings: boolean;
  /** A shade of beard; null for none. */
  stubble: string | null;
}
