import { html, type TemplateResult } from 'lit';
import type { FileDraft } from '../../../../client/api.js';
import type { ComposerTools } from '../tools.js';
import { ImRecorder, type RecorderFault } from './recorder.js';
import { extensionOf, type Sound } from './sound.js';

if (!customElements.get('im-recorder')) customElements.define('im-recorder', ImRecorder);

/** What stands in place of the field while a voice message is recorded. */
export function recorderTemplate(tools: ComposerTools): TemplateResult {
  const end = (): void => {
    tools.endRecording();
    void tools.host.updateComplete.then(() => tools.host.focus());
  };
  const onFault = ({ detail }: CustomEvent<RecorderFault>): void => {
    tools.host.error = tools.t[detail];
    end();
  };
  const onSound = ({ detail }: CustomEvent<Sound>): void => void send(tools, detail).then((sent) => sent && end());
  return html`<im-recorder
    .t=${tools.t}
    @recorder-fault=${onFault}
    @recorder-cancel=${end}
    @recorder-sound=${onSound}
  ></im-recorder>`;
}

async function send(tools: ComposerTools, { blob, duration, peaks }: Sound): Promise<boolean> {
  const { host } = tools;
  const { current, client } = host;
  if (current === undefined || !client?.sendFile) {
    host.error = tools.t.noFiles;
    return false;
  }
  const quote = tools.reply.take();
  const draft: FileDraft = { type: 'audio', name: `voice.${extensionOf(blob.type)}`, duration, peaks };
  const message = host.ask({ ...draft, ...quote.draft });
  if (message)
    try {
      await client.sendFile(current, blob, message as FileDraft);
      return true;
    } catch (error) {
      tools.fail(error);
    }
  quote.putBack();
  return false;
}
