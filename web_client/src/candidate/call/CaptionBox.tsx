import { useEffect, useMemo, useState } from 'react';

import { useMediaQuery } from '../../design/useMediaQuery';
import { useMessages } from '../../messages';
import type { Call } from '../core/call';
import { captionTurns, newest, pageAt, pages, type Caption } from '../core/captions';
import { useInterviewLanguage } from '../interviewLanguage';

/** What fits into three lines. */
const PAGE_CHARACTERS = { narrow: 92, wide: 150 };
const TURN_EVERY_MS = 250;

function usePageCharacters(): number {
  return useMediaQuery('(max-width: 29.99rem)') ? PAGE_CHARACTERS.narrow : PAGE_CHARACTERS.wide;
}

/** The end of a long caption: what is being said now, from the start of a word. */
function tail(text: string, most: number): string {
  if (text.length <= most) return text;
  const from = text.indexOf(' ', text.length - most);
  return `…${text.slice(from)}`;
}

/**
 * The last words of both sides. Not a live region: a screen reader would talk over Aila, who says the
 * very same; the question can be read on demand.
 */
export function CaptionBox({ call }: { call: Call }) {
  const t = useMessages();
  const most = usePageCharacters();
  const last = call.captions.at(-1);
  const before = captionTurns(call.captions).at(-2);
  return (
    <section className="captions" aria-label={t.interview.captions}>
      {last === undefined && <p className="muted">{t.interview.captionsEmpty}</p>}
      {before !== undefined && <Line speaker={before.speaker} text={before.text} older />}
      {last?.speaker === 'aila' && <Spoken key={last.segment_id} caption={last} />}
      {last?.speaker === 'candidate' && (
        <Line speaker="candidate" text={tail(captionTurns(call.captions).at(-1)?.text ?? '', most)} final={newest(call.captions, 'candidate')?.final} />
      )}
    </section>
  );
}

interface LineProps {
  speaker: Caption['speaker'];
  text: string;
  older?: boolean;
  final?: boolean | undefined;
}

function Line({ speaker, text, older = false, final = true }: LineProps) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  return (
    <p className={older ? undefined : 'captions__now'} data-speaker={speaker} data-older={older} data-final={final}>
      <span data-speaker={speaker}>
        <span className="captions__who">{speaker === 'aila' ? t.common.aila : t.common.you}</span> <span lang={spoken} dir="auto">{text}</span>
      </span>
    </p>
  );
}

/** What Aila is saying, page by page as she says it. */
function Spoken({ caption }: { caption: Caption }) {
  const [elapsed_s, setElapsed] = useState(0);
  useEffect(() => {
    const began_ms = performance.now();
    const timer = setInterval(() => { setElapsed((performance.now() - began_ms) / 1000); }, TURN_EVERY_MS);
    return () => { clearInterval(timer); };
  }, []);
  const most = usePageCharacters();
  const cut = useMemo(() => pages(caption.text, most), [caption.text, most]);
  return <Line speaker="aila" text={pageAt(cut, elapsed_s)} />;
}
