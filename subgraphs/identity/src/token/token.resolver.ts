import { Arg, Query, Resolver } from 'type-graphql';
import type { TokenService } from './token.service.ts';
import { TokenVerification } from './token.ts';

@Resolver()
export class TokenResolver {
  readonly #tokens: TokenService;

  constructor(tokens: TokenService) {
    this.#tokens = tokens;
  }

  @Query(() => TokenVerification, {
    description: 'Says whether an access token is accepted, or a refresh token; never an error for a bad one.',
  })
  async verifyToken(
    @Arg('token', () => String, { description: 'The token, without `Bearer`.' }) token: string,
  ): Promise<TokenVerification> {
    return this.#tokens.verify(token);
  }
}
