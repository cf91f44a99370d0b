import { notFound } from '@kopru/runtime/errors.ts';
import {
  Author,
  CreateDream,
  DreamMessages,
  Dreams,
  Login,
  LoginWithGoogle,
  Me,
  ObtainTokens,
  RefreshGoogleSession,
  Register,
  VerifyToken,
} from '@kopru/schema/operations/dreams.ts';
import { listRoute, Reply, type Route, route } from '../route.ts';
import { converse } from './converse.ts';
import { noActiveAccount, tokenErrors, viewError } from './errors.ts';
import { refreshed } from './refresh.ts';
import { accepted, credentials, googleToken, newDream, registration } from './requests.ts';
import { serialized } from './serializer.ts';
import { account, dream, message, tokens } from './shapes.ts';

/** Needs no token, and refuses one that is not good. */
const anybody = { public: true, checksToken: true } as const;
const created = (body: unknown) => new Reply({ status: 201, body });

/** A thing the graph has; its absence without an error is the same as not found. @throws NOT_FOUND */
function found<Thing>(thing: Thing | null | undefined, resource: string): Thing {
  if (thing == null) throw notFound(resource);
  return thing;
}

/** The document's endpoints in its order, then the one it lacks: without it, nobody could say anything about a dream. */
export const routes: readonly Route[] = [
  // 1. Registration
  route('POST /register/', Register, {
    ...anybody,
    variables: ({ body }) => ({ input: registration(body) }),
    reply: ({ register }) => created(account(register.user)),
  }),

  // 2. Login
  route('POST /login/', Login, {
    ...anybody,
    variables: ({ body }) => ({ input: credentials(body) }),
    reply: ({ login }) => ({ ...tokens(login), user: account(login.user) }),
    errors: {
      VALIDATION_FAILED: viewError(400, 'Email and password are required'),
      UNAUTHENTICATED: viewError(401, 'Password or email is incorrect'),
    },
  }),

  // 3. Google
  route('POST /google-login/', LoginWithGoogle, {
    ...anybody,
    variables: ({ body }) => ({ input: googleToken(body) }),
    reply: ({ loginWithGoogle }) => ({ ...tokens(loginWithGoogle), user: account(loginWithGoogle.user) }),
    errors: {
      // Any other field is one of an account that this Google account cannot have, such as its address.
      VALIDATION_FAILED: ({ fields = {} }) =>
        viewError(400, 'token' in fields ? 'Token is required' : 'Invalid Google token'),
      UNAUTHENTICATED: viewError(400, 'Invalid Google token'),
      // Where Google is not set up, no token is for us.
      FORBIDDEN: viewError(400, 'Invalid Google token'),
    },
  }),

  // 4. Google, again
  route('POST /google-token-refresh/', RefreshGoogleSession, {
    ...anybody,
    variables: ({ body }) => ({ input: googleToken(body) }),
    reply: ({ refreshGoogleSession }) => ({
      ...tokens(refreshGoogleSession),
      user: account(refreshGoogleSession.user),
    }),
    errors: {
      VALIDATION_FAILED: viewError(400, 'Google ID token is required'),
      UNAUTHENTICATED: viewError(400, 'Invalid or expired Google ID token'),
      FORBIDDEN: viewError(400, 'Invalid or expired Google ID token'),
      NOT_FOUND: viewError(404, 'User not found'),
    },
  }),

  // 5. Tokens
  route('POST /token/', ObtainTokens, {
    public: true,
    variables: ({ body }) => ({ input: credentials(body) }),
    reply: ({ login }) => tokens(login),
    errors: { UNAUTHENTICATED: noActiveAccount },
  }),
  {
    method: 'POST',
    path: '/token/refresh/',
    public: true,
    errors: tokenErrors,
    async answer({ body }, run) {
      const shown = serialized(body, { refresh: { required: true } });
      const { access, refresh } = tokens(await refreshed(run, shown.refresh));
      return refresh === shown.refresh ? { access } : { access, refresh };
    },
  },
  route('POST /token/verify/', VerifyToken, {
    public: true,
    variables: ({ body }) => serialized(body, { token: { required: true } }),
    reply: (answer) => {
      accepted(answer);
      return {};
    },
    errors: tokenErrors,
  }),

  // 6. Profile
  route('GET /me/', Me, {
    reply: ({ viewer }) => account(found(viewer, 'User')),
  }),

  // 7. Dreams
  listRoute('GET /me/dreams/', Dreams, {
    variables: (_request, after) => ({ after }),
    page: ({ viewer }) => found(viewer?.dreams, 'User'),
    reply: (dreams) => dreams.map((own) => dream(own, own.author)),
  }),
  route('POST /me/dreams/', CreateDream, {
    variables: ({ body }) => ({ input: newDream(body) }),
    before: async (run) => found((await run(Author, {})).viewer, 'User'),
    reply: ({ createDream }, _request, author) => created(dream(createDream.dream, author)),
  }),

  // 8. Messages
  listRoute('GET /me/dream/:id/messages/', DreamMessages, {
    variables: ({ params }, after) => ({ dreamId: params.id, after }),
    page: (data) => found(data.dream?.messages, 'Dream'),
    reply: (messages) => messages.map(message),
  }),
  {
    method: 'POST',
    path: '/me/dream/:id/messages/',
    public: false,
    errors: {},
    async answer({ params, body }, run, listen) {
      const said = serialized(body, { message: { required: true } });
      const { user, analyst } = await converse(run, listen, { dreamId: params.id ?? '', message: said.message });
      return created({ user: message(user), analyst: analyst && message(analyst) });
    },
  },
];
