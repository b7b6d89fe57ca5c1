/** Live captions of both sides: interim texts are replaced until their final one comes. */

export type Speaker = 'aila' | 'candidate';

export interface Caption {
  readonly segment_id: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly final: boolean;
}

/** How many captions are kept on the page; the record itself is kept by the agent. */
export const KEPT_CAPTIONS = 40;

/** Adds a caption, or replaces the one of the same segment; a final text is never undone by a late interim. */
export function withCaption(captions: readonly Caption[], caption: Caption): readonly Caption[] {
  const at = captions.findIndex((c) => c.segment_id === caption.segment_id && c.speaker === caption.speaker);
  if (at < 0) {
    if (caption.text.trim() === '') return captions;
    return [...captions, caption].slice(-KEPT_CAPTIONS);
  }
  const known = captions[at];
  if (known === undefined || (known.final && !caption.final)) return captions;
  return captions.map((c, i) => (i === at ? caption : c));
}

/** The newest caption of one side; null before it has spoken. */
export function newest(captions: readonly Caption[], speaker: Speaker): Caption | null {
  return captions.findLast((c) => c.speaker === speaker) ?? null;
}

/**
 * Captions joined into turns: neighbouring segments of one speaker become one paragraph, as they are read.
 * The key is the first segment's id.
 */
export interface CaptionTurn {
  readonly key: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly final: boolean;
}

export function captionTurns(captions: readonly Caption[]): readonly CaptionTurn[] {
  const turns: CaptionTurn[] = [];
  for (const caption of captions) {
    const last = turns.at(-1);
    if (last !== undefined && last.speaker === caption.speaker) {
      turns[turns.length - 1] = { ...last, text: `${last.text} ${caption.text}`, final: caption.final };
    } else {
      turns.push({ key: `${caption.speaker}:${caption.segment_id}`, speaker: caption.speaker, text: caption.text, final: caption.final });
    }
  }
  return turns;
}

/** How fast Aila speaks, roughly: her captions come whole when she begins, and are shown in step with her voice. */
export const SPOKEN_CHARACTERS_PER_S = 15;

/** A text cut into pages of at most `most` characters, at the ends of sentences where possible, else of words. */
export function pages(text: string, most: number): readonly string[] {
  const cut: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const room = rest.slice(0, most + 1);
    const sentence = Math.max(room.lastIndexOf('. '), room.lastIndexOf('? '), room.lastIndexOf('! ')) + 1;
    const word = room.lastIndexOf(' ');
    const at = sentence > most / 3 ? sentence : word > 0 ? word : most;
    cut.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === '' ? cut : [...cut, rest];
}

/** The page that is being spoken `elapsed_s` seconds after the text began; the last one stays. */
export function pageAt(cut: readonly string[], elapsed_s: number): string {
  let spoken = elapsed_s * SPOKEN_CHARACTERS_PER_S;
  for (const page of cut) {
    if (spoken < page.length) return page;
    spoken -= page.length;
  }
  return cut.at(-1) ?? '';
}
