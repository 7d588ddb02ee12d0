import { errorCodes } from '../../protocol/codes.js';
import type { ClientFrameOf } from '../../protocol/frames.js';
import { ChatError } from './chat-error.js';

/** The stored body of what a person sends, as JSON. @throws {ChatError} where the type lacks what it must carry */
export function messageBody(frame: ClientFrameOf<'send'>): string {
  const wrong = fault(frame);
  if (wrong) throw wrong;
  const { content, file, location, custom, mentions, replyTo } = frame;
  return JSON.stringify({ content, file, location, custom, mentions, replyTo });
}

function fault({ type, content, file, location }: ClientFrameOf<'send'>): ChatError | undefined {
  switch (type) {
    case 'text':
      return content?.trim() && !file && !location ? undefined : bad('a text message needs content, and nothing else');
    case 'location':
      return location && !file && content === undefined
        ? undefined
        : bad('a location message needs a location, and nothing else');
    case 'custom':
      return isCustom(content) && !file && !location
        ? undefined
        : bad('a custom message needs content, and nothing else: a JSON object with a "kind"');
    default:
      return file && !location ? undefined : bad(`a message of type ${type} needs a file`);
  }
}

function bad(message: string): ChatError {
  return new ChatError(errorCodes.badParameter, message);
}

function isCustom(content: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(content ?? '');
    return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
  } catch {
    return false;
  }
}
