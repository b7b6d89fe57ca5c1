import { useDocumentTitle } from './useDocumentTitle';

interface Credit {
  name: string;
  by: string;
  licence: string;
  use: string;
  url: string;
}

const code: Credit[] = [
  { name: 'React', by: 'Meta Platforms and contributors', licence: 'MIT', use: 'the pages', url: 'https://react.dev' },
  { name: 'React Router', by: 'Remix Software and contributors', licence: 'MIT', use: 'the addresses', url: 'https://reactrouter.com' },
  { name: 'LiveKit client', by: 'LiveKit', licence: 'Apache-2.0', use: 'the call', url: 'https://github.com/livekit/client-sdk-js' },
  { name: 'HeadAudio', by: 'Mika Suominen', licence: 'MIT', use: 'visemes from sound', url: 'https://github.com/met4citizen/HeadAudio' },
  { name: 'TanStack Query and Table', by: 'Tanner Linsley and contributors', licence: 'MIT', use: 'the recruiters’ pages', url: 'https://tanstack.com' },
  { name: 'Radix Primitives', by: 'WorkOS', licence: 'MIT', use: 'dialogs and tabs', url: 'https://www.radix-ui.com/primitives' },
  { name: 'Figtree', by: 'Erik Kennedy', licence: 'SIL Open Font License 1.1', use: 'the type of the texts', url: 'https://github.com/erikdkennedy/figtree' },
  { name: 'Source Serif 4', by: 'Adobe', licence: 'SIL Open Font License 1.1', use: 'the type of the headings', url: 'https://github.com/adobe-fonts/source-serif' },
  { name: 'openapi-fetch', by: 'Drew Powers and contributors', licence: 'MIT', use: 'calls to the API', url: 'https://openapi-ts.dev' },
];

/** Whose work is in this client, and under which licences. */
export default function Credits() {
  useDocumentTitle('Credits');
  return (
    <main className="page-narrow stack" data-gap="l">
      <h1>Credits</h1>
      <section className="stack" aria-labelledby="credits-art">
        <h2 id="credits-art">Aila’s face</h2>
        <p>
          Aila and Noah were drawn for this project and come with its own licence, Apache-2.0. The sounds that her mouth
          follows are read from her voice by HeadAudio, in your browser.
        </p>
      </section>
      <section className="stack" aria-labelledby="credits-code">
        <h2 id="credits-code">Code in this client</h2>
        <ul className="stack" data-gap="s">
          {code.map((credit) => (
            <li key={credit.name}>
              <a href={credit.url}>{credit.name}</a>, {credit.by}: {credit.use}. {credit.licence}.
            </li>
          ))}
        </ul>
        <p className="muted">
          The server’s parts and the speech models are listed in THIRD_PARTY.md, with their licences, in Aila’s source.
        </p>
      </section>
    </main>
  );
}
