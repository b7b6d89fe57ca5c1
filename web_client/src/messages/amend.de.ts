import type { amend as amendEn, feeling as feelingEn, sentence as sentenceEn, strengths as strengthsEn } from './amend.en';

/** Was sich nachträglich mit den eigenen Antworten tun lässt. */
export const amend: typeof amendEn = {
  until: (when) => `Bis ${when} können Sie Antworten berichtigen, ergänzen oder zurückziehen. Jede Änderung lässt sich bis dahin rückgängig machen.`,
  untilUncorrected: (when) => `Bis ${when} können Sie Antworten ergänzen oder zurückziehen. Jede Änderung lässt sich bis dahin rückgängig machen.`,
  final: 'Diese Antworten sind endgültig: Sie lassen sich nicht mehr ändern.',
  added: 'nachträglich ergänzt',
  rule: 'Ein berichtigtes Wort zählt dort, wo Aila sich unsicher war, es ähnlich klingt wie das, was sie aufgeschrieben hat, und weder ändert, wer gehandelt hat, noch was geschehen ist. Sonst stehen Ihre Worte neben ihren, und ein Recruiter kann nachhören. Ergänzte Sätze werden gezeigt, nie bewertet.',
  ruleUncorrected: 'Ergänzte Sätze werden gezeigt, nie bewertet.',
  correct: 'Verhörtes berichtigen',
  correctTitle: 'Berichtigen, was falsch verstanden wurde',
  correctHint: 'Ändern Sie nur Wörter, die Aila falsch aufgeschrieben hat. Was sie geschrieben hat, bleibt neben Ihrer Berichtigung stehen.',
  correctLabel: 'Was Sie gesagt haben',
  add: 'Einen Satz ergänzen',
  addTitle: 'Dieser Antwort einen Satz hinzufügen',
  addHint: 'Ein Satz, als nachträglich ergänzt gekennzeichnet. Recruiter lesen ihn; bewertet wird er nicht.',
  addLabel: 'Ihr Satz',
  left: (count) => (count > 0 ? `Noch ${String(count)} Zeichen` : 'Länger kann es nicht werden; was darüber hinausging, ist abgeschnitten.'),
  withdraw: 'Zurückziehen',
  withdrawTitle: 'Diese Antwort zurückziehen?',
  withdrawHint: 'Alles, was Sie zu dieser Frage gesagt haben, wird nicht mehr bewertet und nicht mehr gezeigt, und der Ton dazu ist stumm. Recruiter sehen eine Lücke, nicht, was darin stand.',
  withdrawYes: 'Ja, zurückziehen',
  withdrawn: 'Sie haben diese Antwort zurückgezogen. Recruiter sehen eine Lücke und nichts von dem, was darin stand.',
  save: 'Speichern',
  saving: 'Wird gespeichert …',
  undo: 'Rückgängig machen',
  undoCorrection: 'Berichtigung rückgängig machen',
  undoAddition: 'Satz entfernen',
  undoWithdrawal: 'Wiederherstellen',
  of: (what, number) => `${what}, Antwort Nr. ${String(number)}`,
  corrected: 'Ihre Berichtigung',
  recognised: 'Aila hat verstanden',
  nothing: 'nichts',
  verdicts: {
    counts: 'zählt für die Bewertung',
    not_timed: 'wird gezeigt, nicht bewertet: kein einzelnes Wort wurde ersetzt',
    heard_clearly: 'wird gezeigt, nicht bewertet: Aila war sich hier sicher',
    unlike: 'wird gezeigt, nicht bewertet: es klingt nicht wie das, was zu hören war',
    too_long: 'wird gezeigt, nicht bewertet: länger als die Zeit, in der es zu hören war',
    changes_meaning: 'wird gezeigt, nicht bewertet: es ändert, wer gehandelt hat, was geschehen ist oder eine Zahl',
  },
  close: 'Ich habe nichts zu ändern',
  closeHint: 'Ihre Antworten werden jetzt endgültig, und was davon abhängt, muss nicht warten.',
  closeTitle: 'Ihre Antworten jetzt endgültig machen?',
  closeBody: 'Danach können Sie nichts mehr ändern, ergänzen oder zurückziehen, und das lässt sich nicht rückgängig machen.',
  closeYes: 'Ja, endgültig machen',
};

/** Wie sich das Interview angefühlt hat. */
export const feeling: typeof feelingEn = {
  title: 'Wie war es?',
  lead: 'Zwei Minuten, alles freiwillig. Recruiter sehen es nie: Es wird ohne Ihren Namen und zusammen mit dem gelesen, was andere gesagt haben, damit Aila besser wird.',
  statements: {
    understood: 'Aila hat verstanden, was ich gesagt habe',
    time: 'Ich hatte die Zeit, die ich brauchte',
    fair: 'Die Fragen waren fair',
    again: 'Ich würde ein solches Interview wieder machen',
  },
  least: 'gar nicht',
  most: 'ganz',
  rating: (n) => (n === 1 ? '1, gar nicht' : n === 5 ? '5, ganz' : String(n)),
  none: 'keine Angabe',
  comment: 'Was sollte anders sein? (Sie können das leer lassen.)',
  send: 'Senden',
  sending: 'Wird gesendet …',
  thanks: 'Danke. Es hilft allen, die nach Ihnen kommen.',
  change: 'Angaben ändern',
};

/** Was eine Stelle ihren Kandidaten zeigt. */
export const strengths: typeof strengthsEn = {
  title: 'Was in Ihren Antworten gefunden wurde',
  lead: 'Verhaltensweisen des veröffentlichten Bogens, mit Ihren eigenen Worten. Das ist keine Bewertung und keine Entscheidung.',
  notYet: 'Was in Ihren Antworten gefunden wurde, steht hier, sobald sie endgültig sind und das Transkript abgeglichen ist.',
  none: 'Es wurde nichts gefunden, was sich deutlich genug zeigen ließe. Das ist kein Urteil: Kurze Antworten zeigen wenig.',
  decided: (company) => `Bei ${company} wurde entschieden. Sie erfahren davon auf dem üblichen Weg.`,
  read: (company) => `Bei ${company} liest ein Mensch Ihr Interview`,
  decides: 'Ein Mensch entscheidet',
};

/** Der gesprochene Satz auf der Geräteseite. */
export const sentence: typeof sentenceEn = {
  title: 'Versteht Aila Sie?',
  lead: 'Lesen Sie diesen Satz vor, auf Englisch wie das Interview. Was Sie sagen, höchstens 12 Sekunden, wird an unseren Server gesendet, dort zu Wörtern und Ihnen gezeigt; gespeichert wird nichts davon.',
  listen: 'Vorlesen',
  listening: 'Aila hört zu …',
  stop: 'Ich habe ihn gelesen',
  another: 'Ein anderer Satz',
  again: 'Noch einmal lesen',
  understanding: 'Einen Moment …',
  heard: 'Aila hat verstanden:',
  good: 'Aila versteht Sie gut.',
  fair: 'Aila versteht das meiste. Gehen Sie etwas näher ans Mikrofon oder suchen Sie einen ruhigeren Ort.',
  poor: 'Aila versteht wenig. Gehen Sie näher ans Mikrofon, schalten Sie andere Geräusche aus oder wählen Sie oben ein anderes Mikrofon.',
  nothing: 'Es war nichts zu hören. Sprechen Sie etwas lauter und prüfen Sie oben das Mikrofon.',
  failed: 'Das ließ sich gerade nicht ausprobieren. Sie können trotzdem beginnen.',
  optional: 'Sie können das auslassen.',
};
