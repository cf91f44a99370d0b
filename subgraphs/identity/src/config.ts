import { list, type Setting, type Settings, type Values, wholeNumber } from '@kopru/runtime/config.ts';
import { emailColumns, usernameColumns } from './user/profile.ts';
import { faults, rules } from './user/user.rules.ts';

const isUsername = (text: string) => faults(rules.username, usernameColumns(text).username).length === 0;
const isAccountName = (text: string) =>
  text.includes('@') ? faults(rules.email, emailColumns(text).email).length === 0 : isUsername(text);

const username = (description: string, fallback: string): Setting<string> => ({
  description,
  takes: 'a username',
  fallback,
  parse: (text) => (isUsername(text) ? text : undefined),
});

const webUrl = (description: string, fallback: string): Setting<string> => ({
  description,
  takes: 'a URL that begins with https:// or http://',
  fallback,
  parse: (text) => (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined),
});

/** What identity reads beyond what every service does. */
export const identitySettings = {
  AGENT_ACCOUNTS: list(
    "The accounts of support agents, with commas between. Make an account before it is listed: a name that nobody has is its first holder's.",
    'usernames or email addresses with commas between',
    [],
    isAccountName,
  ),
  AGENT_USERNAME: username(
    'The name of the account that one-time codes sign agents in to, from its first use on; nobody can take it.',
    'support',
  ),
  AGENT_SESSION_HOURS: wholeNumber(
    'How many hours after an agent signed in the session ends, however often it is refreshed.',
    12,
    1,
    720,
  ),
  GOOGLE_CLIENT_IDS: list(
    'The ids of the clients whose Google ID tokens sign people in, with commas between. Without one, nobody signs in with Google.',
    'client ids of Google, with commas between',
    [],
    (text) => /^\S{1,255}$/.test(text),
  ),
  GOOGLE_JWKS_URL: webUrl(
    'Where the keys are that Google signs ID tokens with.',
    'https://www.googleapis.com/oauth2/v3/certs',
  ),
} as const satisfies Settings;
export type IdentitySettings = Values<typeof identitySettings>;
