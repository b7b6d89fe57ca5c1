/** The voluntary questions about groups, in German. A change of a word is a change of `version`. */

import type { groups as english } from './groups.en';

export const groups: typeof english = {
  version: '2026-11-1-de',
  title: 'Helfen Sie prüfen, ob Aila gerecht ist',
  lead: 'Freiwillig. Ob Ailas Bewertungen allen gerecht werden, lässt sich nur prüfen, wenn einige sagen, zu welchen Gruppen sie gehören.',
  terms: [
    'Ihre Antworten liegen getrennt von Ihrem Interview. Sie tragen keinen Namen, und weder Recruiter noch diejenigen, die entscheiden, noch das Programm, das bewertet, sehen sie jemals.',
    'Sie werden nur mit vielen anderen zusammen gezählt, um zu prüfen, ob Gruppen gleich behandelt werden. Gruppen mit weniger als fünf Personen werden nie gezeigt.',
    'Sie können sie hier jederzeit ändern oder zurückziehen. Löschen Sie Ihr Interview, werden auch sie gelöscht. Was immer Sie tun: Für Ihre Bewerbung ändert sich nichts.',
  ],
  sex: 'Geschlecht',
  sexes: { female: 'Weiblich', male: 'Männlich', another: 'Ein anderes', prefer_not_to_say: 'Möchte ich nicht sagen' },
  race: 'Herkunft (Race/Ethnicity)',
  raceHint: 'Das sind die Kategorien der US-Statistik, nach denen die Prüfungen fragen.',
  races: {
    hispanic_or_latino: 'Hispanisch oder Latino',
    white: 'Weiß',
    black_or_african_american: 'Schwarz oder afroamerikanisch',
    native_hawaiian_or_pacific_islander: 'Aus Hawaii oder von anderen pazifischen Inseln',
    asian: 'Asiatisch',
    native_american_or_alaska_native: 'Indigen in Amerika oder Alaska',
    two_or_more_races: 'Mehrere davon',
    prefer_not_to_say: 'Möchte ich nicht sagen',
  },
  choose: 'Bitte wählen',
  agree: 'Ich willige ein, dass diese beiden Antworten so gespeichert und gezählt werden.',
  send: 'Meine Antworten speichern',
  sending: 'Wird gespeichert …',
  stored: 'Ihre Antworten sind gespeichert, getrennt von Ihrem Interview. Danke.',
  yours: (sex, race) => `Gespeichert: ${sex}; ${race}.`,
  change: 'Ändern',
  withdraw: 'Zurückziehen',
  withdrawn: 'Ihre Antworten wurden gelöscht.',
  incomplete: 'Wählen Sie bei beiden Fragen eine Antwort und willigen Sie ein; oder lassen Sie alles weg.',
};
