/** A persona: colours and drawn parts as data. The rig moves the parts; it knows no particular face. */
export interface Persona {
  id: string;
  name: string;
  palette: {
    skin: string;
    skinShade: string;
    skinLight: string;
    /** The darkest of the skin: shadows and creases. */
    skinDeep: string;
    blush: string;
    lip: string;
    lipDark: string;
    iris: string;
    irisDark: string;
    irisLight: string;
    hair: string;
    hairDark: string;
    hairLight: string;
    brow: string;
    jacket: string;
    jacketDark: string;
    jacketLight: string;
    shirt: string;
    shirtShade: string;
  };
  /** Paths in the rig's 640 x 640 space; hair behind the head, and in front of it. */
  rearHair: readonly string[];
  frontHair: readonly string[];
  /** Lighter and darker strands on the front hair. */
  hairSheen: readonly string[];
  hairShade: readonly string[];
  face: string;
  jacket: readonly string[];
  lapels: readonly string[];
  jacketSeams: readonly string[];
  shirt: readonly string[];
  shirtSeams: readonly string[];
  /** Leaves of a shirt's collar, over the jacket. */
  collar: readonly string[];
  /** One brow around 0,0, its inner end at +x; the other is its mirror image. */
  brow: string;
  lashes: boolean;
  earrings: boolean;
  /** A shade of beard on the face. */
  beard: readonly string[];
}
