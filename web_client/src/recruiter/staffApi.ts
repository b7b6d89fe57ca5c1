import { answerOf, newClient, type Schemas } from '../api/client';

const client = newClient();

/** Proves that a request comes from our page; given by the login, held in memory only. */
let csrf_token = '';

client.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && request.method !== 'HEAD') request.headers.set('X-CSRF-Token', csrf_token);
    return request;
  },
});

function noted(login: Schemas['LoginView']): Schemas['LoginView'] {
  csrf_token = login.csrf_token;
  return login;
}

const position = (position_id: string) => ({ params: { path: { position_id } } });
const session = (session_id: string) => ({ params: { path: { session_id } } });

export const staffApi = {
  logIn: async (body: Schemas['LoginRequest']) => noted(await answerOf(client.POST('/api/auth/login', { body }))),
  logOut: () => answerOf<undefined>(client.POST('/api/auth/logout')),
  me: async () => noted(await answerOf(client.GET('/api/auth/me'))),

  positions: () => answerOf(client.GET('/api/recruiter/positions')),
  position: (id: string) => answerOf(client.GET('/api/recruiter/positions/{position_id}', position(id))),
  positionChoices: () => answerOf(client.GET('/api/recruiter/position-choices')),
  createPosition: (body: Schemas['PositionRequest']) => answerOf(client.POST('/api/recruiter/positions', { body })),
  sensitivity: (id: string, top: number) =>
    answerOf(
      client.GET('/api/recruiter/positions/{position_id}/ranking/sensitivity', {
        params: { path: { position_id: id }, query: { top } },
      }),
    ),
  ranking: (id: string) => answerOf(client.GET('/api/recruiter/positions/{position_id}/ranking', position(id))),
  setLevels: (id: string, levels: Schemas['LevelsRequest']['levels']) =>
    answerOf(client.PUT('/api/recruiter/positions/{position_id}/levels', { ...position(id), body: { levels } })),
  invite: (id: string, body: Schemas['InvitationRequest']) =>
    answerOf(client.POST('/api/recruiter/positions/{position_id}/invitations', { ...position(id), body })),

  shownToCandidates: (id: string) =>
    answerOf(client.GET('/api/recruiter/positions/{position_id}/shown-to-candidates', position(id))),
  showCandidates: (id: string, body: Schemas['ShownToCandidatesRequest']) =>
    answerOf(client.PUT('/api/recruiter/positions/{position_id}/shown-to-candidates', { ...position(id), body })),

  cameraAllowed: (id: string) => answerOf(client.GET('/api/recruiter/positions/{position_id}/camera', position(id))),
  allowCamera: (id: string, allowed: boolean) =>
    answerOf(client.PUT('/api/recruiter/positions/{position_id}/camera', { ...position(id), body: { allowed } })),

  session: (id: string) => answerOf(client.GET('/api/recruiter/sessions/{session_id}', session(id))),
  decide: (id: string, body: Schemas['DecisionRequest']) =>
    answerOf(client.POST('/api/recruiter/sessions/{session_id}/decisions', { ...session(id), body })),
  putCv: (id: string, file: File) =>
    answerOf(
      client.PUT('/api/recruiter/sessions/{session_id}/cv', {
        ...session(id),
        body: { file: '' },
        bodySerializer: () => {
          const form = new FormData();
          form.append('file', file);
          return form;
        },
      }),
    ),

  banks: () => answerOf(client.GET('/api/studio/banks')),
  rubrics: () => answerOf(client.GET('/api/studio/rubrics')),
  feedback: () => answerOf(client.GET('/api/studio/feedback')),
};

// Taken from the answers rather than from the schema: the client reads pairs as plain lists.
export type RankingRow = Awaited<ReturnType<typeof staffApi.ranking>>['rows'][number];
export type NotBegun = Awaited<ReturnType<typeof staffApi.ranking>>['not_begun'][number];
export type Sensitivity = Awaited<ReturnType<typeof staffApi.sensitivity>>;
export type PositionChoices = Awaited<ReturnType<typeof staffApi.positionChoices>>;
export type RankedCriterion = RankingRow['criteria'][number];
export type SessionDetail = Awaited<ReturnType<typeof staffApi.session>>;
export type CriterionResult = NonNullable<SessionDetail['scores']>['criteria'][number];
