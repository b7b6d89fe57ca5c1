import type { Messages } from '../../messages';
import { assertNever, type Call } from '../core/call';

/** One line for what is going on, the connection before the conversation. */
export function stateWords(call: Call, t: Messages): string {
  const words = t.interview.state;
  switch (call.link.kind) {
    case 'connecting':
      return words.connecting;
    case 'waiting_for_aila':
      return call.link.was_here ? words.backSoon : words.waiting;
    case 'reconnecting':
      return words.reconnecting;
    case 'lost':
    case 'ended':
      return words.ended;
    case 'live':
      return conversationWords(call, t);
    default:
      return assertNever(call.link);
  }
}

function conversationWords(call: Call, t: Messages): string {
  const words = t.interview.state;
  if (call.progress?.paused === true) return words.paused;
  if (call.activity === 'speaking') return words.speaking;
  if (call.activity === 'thinking') return words.thinking;
  if (call.progress?.floor === 'candidate') return words.yourTurn;
  return call.activity === 'listening' ? words.listening : words.idle;
}
