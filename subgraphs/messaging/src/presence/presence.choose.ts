import type { Context } from '@kopru/runtime/context.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import { customStatusLength } from '@kopru/schema/limits.ts';
import { isLonger, requireText } from '../message/message.content.ts';
import { changePresence, type PresenceDependencies } from './presence.change.ts';
import type { SetPresenceInput } from './presence.inputs.ts';
import type { Presence } from './presence.ts';

/** Takes what the viewer wants to show while connected. @throws VALIDATION_FAILED */
export async function choosePresence(
  parts: PresenceDependencies,
  { status, customStatus }: SetPresenceInput,
  context: Context,
): Promise<Presence> {
  const { userId } = context.viewer;
  const line = customStatus?.trim() ? customStatus : null;
  if (line !== null && isLonger(line, customStatusLength))
    throw validationFailed({ customStatus: [`At most ${customStatusLength} characters.`] });
  if (line !== null) requireText('customStatus', line);
  return changePresence(parts, userId, async (_, presence) => {
    presence.chosenStatus = status;
    // Left out, it stays; null or blank, it goes.
    if (customStatus !== undefined) presence.chosenCustomStatus = line;
  });
}
