import { answerOf, newClient, type Schemas } from '../../api/client';

const client = newClient();
const PATH = '/api/candidate/group-data';

const bearer = (session_token: string) => ({ headers: { Authorization: `Bearer ${session_token}` } });

/** Whether the questions are asked here, and one's own answer. */
export function readGroupData(session_token: string): Promise<Schemas['GroupQuestionsView']> {
  return answerOf(client.GET(PATH, bearer(session_token)));
}

export function giveGroupData(session_token: string, body: Schemas['GroupAnswerRequest']): Promise<Schemas['GroupQuestionsView']> {
  return answerOf(client.PUT(PATH, { ...bearer(session_token), body }));
}

export function withdrawGroupData(session_token: string): Promise<Schemas['GroupQuestionsView']> {
  return answerOf(client.DELETE(PATH, bearer(session_token)));
}
