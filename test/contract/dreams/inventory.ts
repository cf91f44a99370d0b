/** Everything that is promised to clients of Dreamalyze, row by row. */

/** The endpoints as the document lists them. */
export const dreamEndpoints = [
  'POST /api/user/register/',
  'POST /api/user/login/',
  'POST /api/user/google-login/',
  'POST /api/user/google-token-refresh/',
  'POST /api/user/token/',
  'POST /api/user/token/refresh/',
  'POST /api/user/token/verify/',
  'GET /api/user/me/',
  'GET /api/user/me/dreams/',
  'POST /api/user/me/dreams/',
  'GET /api/user/me/dream/<uuid:id>/messages/',
] as const;

/** Served beside the document. */
export const otherDreamEndpoints = ['POST /api/user/me/dream/<uuid:id>/messages/'] as const;

/** What an error says, to the letter, and with which status. */
export const dreamErrors = {
  'no credentials': 401,
  'a bad access token': 401,
  'an expired access token': 401,
  'a bad access token where none is needed': 401,
  'token: wrong': 401,
  'token/refresh: wrong': 401,
  'token/refresh: expired': 401,
  'token/verify: wrong': 401,
  'a missing field': 400,
  'a blank field': 400,
  'a null field': 400,
  'a bad address': 400,
  'a taken name': 400,
  'malformed JSON': 400,
  'a wrong method': 405,
  'an unknown path': 404,
  "somebody else's dream, or none": 404,
  'login: an empty field': 400,
  'login: wrong': 401,
  'google-login: none': 400,
  'google-login: bad': 400,
  'google-token-refresh: none': 400,
  'google-token-refresh: bad': 400,
  'google-token-refresh: no user': 404,
  'no credit left': 403,
  'too many tries': 429,
} as const;

/** What holds beyond single endpoints. */
export const dreamRules = {
  'with and without the slash': 'alike, and no redirect',
  'English, or Turkish': 'by Accept-Language',
  'registration writes three fields': 'whatever else the body holds',
  'an account begins with one credit': 'of the Free plan',
  'a dream costs one credit': 'however many requests race, and never below zero',
  'what is refused costs nothing': 'and writes nothing',
  'a title has at most 100 characters': 'and is made up where none is given',
  'a description comes of the first message': 'whole words until 45 characters, then ...',
  'dreams come newest first': 'all of them',
  'messages come in their order': 'with ascending whole numbers for ids',
  'a refresh token lasts a day': 'and stays the same, for whoever keeps the first',
  'Google accounts go by their id': 'whatever their address becomes',
  'an address links where Google vouches for it': 'and nowhere else',
  'a login notes the device': 'by its address and user agent',
  'last_chat_at is of the last message': 'null before the first',
  'one account works everywhere': 'with the same id',
} as const;

export type DreamRow =
  | `dreams:${(typeof dreamEndpoints | typeof otherDreamEndpoints)[number]}`
  | `dreams error:${keyof typeof dreamErrors}`
  | `dreams rule:${keyof typeof dreamRules}`;

export const dreamRows: readonly DreamRow[] = [
  ...[...dreamEndpoints, ...otherDreamEndpoints].map((endpoint): DreamRow => `dreams:${endpoint}`),
  ...(Object.keys(dreamErrors) as (keyof typeof dreamErrors)[]).map((error): DreamRow => `dreams error:${error}`),
  ...(Object.keys(dreamRules) as (keyof typeof dreamRules)[]).map((rule): DreamRow => `dreams rule:${rule}`),
];
