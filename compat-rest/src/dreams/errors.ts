import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../dialect.ts';
import type { Failure, FieldProblem } from '../failure.ts';
import { accessToken } from './access-token.ts';
import { languageOf, translated } from './language.ts';

/** How an answer with 401 says what would be accepted. */
const challenge = { 'www-authenticate': 'Bearer realm="api"' } as const;
const lastsTooLong = 'Token is expired';
const isNoToken = 'Token is invalid';

const detail = (status: number, text: string): Answer => ({ status, body: { detail: text } });

/** An error of a view, under the key that the document gives it. */
export const viewError = (status: number, error: string): Answer => ({ status, body: { error } });

/** No account with these credentials, as the endpoint for tokens says it. */
export const noActiveAccount: Answer = {
  ...detail(401, 'No active account found with the given credentials'),
  headers: challenge,
};

/** What the endpoints for tokens say of a token in the body. */
export const tokenErrors = {
  UNAUTHENTICATED: bodyToken(isNoToken),
  TOKEN_EXPIRED: bodyToken(lastsTooLong),
} as const;

function bodyToken(text: string): Answer {
  return { status: 401, headers: challenge, body: { detail: text, code: 'token_not_valid' } };
}

/** What a client of Dreamalyze hears of a failure: the words of Django REST framework and SimpleJWT. */
export function refuse(failure: Failure, headers: IncomingHttpHeaders): Answer {
  const language = languageOf(headers);
  const answer = inEnglish(failure, headers);
  return {
    ...answer,
    headers: { ...answer.headers, 'content-language': language },
    body: mapTexts(answer.body, (text) => translated(text, language)),
  };
}

function inEnglish(failure: Failure, headers: IncomingHttpHeaders): Answer {
  switch (failure.kind) {
    case 'operation':
      return refuseOperation(failure, headers);
    case 'field':
      return { status: 400, body: { [failure.field]: [fieldTexts[failure.problem](failure.takes)] } };
    case 'body':
      return refuseBody(failure);
    case 'parameter':
    case 'unreadable path':
    case 'unknown path':
      return detail(404, 'Not found.');
    case 'method':
      return detail(405, `Method "${failure.method}" not allowed.`);
  }
}

const fieldTexts: Readonly<Record<FieldProblem, (takes: string) => string>> = {
  missing: () => 'This field is required.',
  null: () => 'This field may not be null.',
  type: () => 'Not a valid string.',
  value: (takes) => `This field takes ${takes}.`,
  'too long': (takes) => `This field takes ${takes}.`,
};

function refuseBody({ problem, detail: why = '' }: Failure & { readonly kind: 'body' }): Answer {
  switch (problem) {
    case 'malformed':
      return detail(400, `JSON parse error - ${why}`);
    case 'not an object':
      return { status: 400, body: { non_field_errors: ['Invalid data. Expected a dictionary.'] } };
    case 'too large':
      return detail(413, 'The request body is too large.');
  }
}

function refuseOperation(failure: Failure & { readonly kind: 'operation' }, headers: IncomingHttpHeaders): Answer {
  const { code, message, resource, fields } = failure;
  switch (code) {
    case 'UNAUTHENTICATED':
      return accessToken(headers) === undefined
        ? { ...detail(401, 'Authentication credentials were not provided.'), headers: challenge }
        : badAccessToken(isNoToken);
    case 'TOKEN_EXPIRED':
      return badAccessToken(lastsTooLong);
    case 'FORBIDDEN':
      return detail(403, 'You do not have permission to perform this action.');
    case 'NOT_FOUND':
      return detail(404, resource === 'Dream' ? 'No Dream matches the given query.' : 'Not found.');
    case 'CONFLICT':
      if (!fields) return detail(409, message);
      return { status: 400, body: mapFields(fields, (field) => [`user with this ${field} already exists.`]) };
    case 'VALIDATION_FAILED':
      return fields ? { status: 400, body: mapFields(fields, (_, texts) => texts) } : detail(400, message);
    case 'RATE_LIMITED': {
      const seconds = Math.ceil(failure.retryAfter ?? 1);
      const text = `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? '' : 's'}.`;
      return { ...detail(429, text), headers: { 'retry-after': String(seconds) } };
    }
    case 'INSUFFICIENT_CREDIT':
      return viewError(403, 'Your credit is insufficient');
    case 'UNAVAILABLE':
      return detail(503, 'Service temporarily unavailable, try again later.');
    case 'RESUME_GAP':
    case 'INTERNAL':
    case 'VIEWER_REQUIRED':
      return detail(500, 'A server error occurred.');
  }
}

/** An access token in the header, which is looked at wherever it is sent. */
const badAccessToken = (message: string): Answer => ({
  status: 401,
  headers: challenge,
  body: {
    detail: 'Given token not valid for any token type',
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  },
});

const mapFields = (
  fields: Readonly<Record<string, readonly string[]>>,
  map: (field: string, texts: readonly string[]) => readonly string[],
): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(fields).map(([field, texts]) => [field, map(field, texts)]));

/** The same value with each of its texts as `map` has it. */
function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, map)]));
}
