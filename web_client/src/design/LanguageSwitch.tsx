import { chooseLanguage, useMessages } from '../messages';
import { isLanguage, languages, languageTags } from '../messages/languages';
import { Icon } from './Icon';

/** The languages of the candidate's pages, each by its own name. */
export function LanguageSwitch() {
  const t = useMessages();
  return (
    <label className="language-switch">
      <Icon name="globe" />
      <span className="visually-hidden">{t.common.pageLanguage}</span>
      <select
        value={t.language}
        onChange={(event) => { if (isLanguage(event.target.value)) void chooseLanguage(event.target.value); }}
      >
        {languageTags.map((tag) => <option key={tag} value={tag} lang={tag}>{languages[tag].name}</option>)}
      </select>
    </label>
  );
}
