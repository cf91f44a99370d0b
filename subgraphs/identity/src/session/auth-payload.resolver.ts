import type { Context } from '@kopru/runtime/context.ts';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { User } from '../user/user.ts';
import { AuthPayload } from './auth-payload.ts';

@Resolver(() => AuthPayload)
export class AuthPayloadResolver {
  @FieldResolver(() => User, {
    description:
      'Who signed in. What is selected of them here is read as themselves, whatever service has it; the rest of the request is not.',
  })
  user(@Root() payload: AuthPayload, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): User {
    context.speakAs(payload.accessToken, info);
    return payload.user;
  }
}
