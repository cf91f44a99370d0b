import { tokenExpired, unauthenticated } from '@kopru/runtime/errors.ts';
import type { CreateDreamInput, LoginInput, VerifyTokenQuery } from '@kopru/schema/operations/dreams.ts';
import type { Fields } from '../fields.ts';
import { serialized } from './serializer.ts';

/** The longest title, in characters. The graph has the rule; here it has the framework's words. */
const longestTitle = 100;

/** What an account is made with; whatever else is sent along is not looked at. */
export const registration = (body: Fields) =>
  serialized(body, {
    username: { required: true },
    email: { required: true, email: true },
    password: { required: true, exact: true },
  });

/** These clients keep the first refresh token that they get. */
const lastingRefreshToken = true;

/** Email and password. @throws VALIDATION_FAILED */
export function credentials(body: Fields): LoginInput {
  const { email, password } = serialized(body, {
    email: { required: true },
    password: { required: true, exact: true },
  });
  return { login: email, password, lastingRefreshToken };
}

/** An ID token of Google's. @throws VALIDATION_FAILED */
export const googleToken = (body: Fields) => ({
  token: serialized(body, { token: { required: true } }).token,
  lastingRefreshToken,
});

/** A dream as it is told; what is not told is made up by the graph. @throws VALIDATION_FAILED */
export function newDream(body: Fields): CreateDreamInput {
  const { title, description, message } = serialized(body, {
    title: { most: longestTitle },
    description: { nullable: true, blank: true },
    message: { nullable: true },
  });
  return { title, description: description || null, message };
}

/** @throws UNAUTHENTICATED, TOKEN_EXPIRED for a token that is not good */
export function accepted({ verifyToken: { valid, reason } }: VerifyTokenQuery): void {
  if (!valid) throw reason === 'EXPIRED' ? tokenExpired() : unauthenticated();
}
