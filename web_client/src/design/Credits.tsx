import { useMessages } from '../messages';
import { LanguageSwitch } from './LanguageSwitch';
import { useDocumentTitle } from './useDocumentTitle';

type Use = keyof ReturnType<typeof useMessages>['credits']['uses'];

interface Credit {
  name: string;
  by: string;
  licence: string;
  use: Use;
  url: string;
}

const code: Credit[] = [
  { name: 'React', by: 'Meta Platforms', licence: 'MIT', use: 'pages', url: 'https://react.dev' },
  { name: 'React Router', by: 'Remix Software', licence: 'MIT', use: 'addresses', url: 'https://reactrouter.com' },
  { name: 'LiveKit client', by: 'LiveKit', licence: 'Apache-2.0', use: 'call', url: 'https://github.com/livekit/client-sdk-js' },
  { name: 'HeadAudio', by: 'Mika Suominen', licence: 'MIT', use: 'visemes', url: 'https://github.com/met4citizen/HeadAudio' },
  { name: 'TanStack Query, TanStack Table', by: 'Tanner Linsley', licence: 'MIT', use: 'staff', url: 'https://tanstack.com' },
  { name: 'Radix Primitives', by: 'WorkOS', licence: 'MIT', use: 'dialogs', url: 'https://www.radix-ui.com/primitives' },
  { name: 'Figtree', by: 'Erik Kennedy', licence: 'SIL Open Font License 1.1', use: 'bodyType', url: 'https://github.com/erikdkennedy/figtree' },
  { name: 'Source Serif 4', by: 'Adobe', licence: 'SIL Open Font License 1.1', use: 'headingType', url: 'https://github.com/adobe-fonts/source-serif' },
  { name: 'openapi-fetch', by: 'Drew Powers', licence: 'MIT', use: 'api', url: 'https://openapi-ts.dev' },
];

/** Whose work is in this client, and under which licences. */
export default function Credits() {
  const t = useMessages().credits;
  useDocumentTitle(t.title);
  return (
    <main className="page-narrow stack" data-gap="l">
      <div className="row" data-spread="true">
        <h1>{t.title}</h1>
        <LanguageSwitch />
      </div>
      <section className="stack" aria-labelledby="credits-art">
        <h2 id="credits-art">{t.faceTitle}</h2>
        <p>{t.face}</p>
      </section>
      <section className="stack" aria-labelledby="credits-code">
        <h2 id="credits-code">{t.codeTitle}</h2>
        <ul className="stack" data-gap="s">
          {code.map((credit) => (
            <li key={credit.name}>
              <a href={credit.url}>{credit.name}</a>, {t.by(credit.by)}: {t.uses[credit.use]}. {credit.licence}.
            </li>
          ))}
        </ul>
        <p className="muted">{t.server}</p>
      </section>
    </main>
  );
}
