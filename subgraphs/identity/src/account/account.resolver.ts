import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { AuthPayload } from '../session/auth-payload.ts';
import {
  ChangePasswordInput,
  ChangePasswordPayload,
  DeactivateAccountInput,
  DeactivateAccountPayload,
  LoginInput,
  RegisterInput,
} from './account.inputs.ts';
import type { Registration } from './account.register.ts';
import type { AccountService } from './account.service.ts';

@Resolver()
export class AccountResolver {
  readonly #registration: Registration;
  readonly #accounts: AccountService;

  constructor(registration: Registration, accounts: AccountService) {
    this.#registration = registration;
    this.#accounts = accounts;
  }

  @Mutation(() => AuthPayload, {
    description:
      'Makes an account and signs it in. VALIDATION_FAILED with all broken `fields`; CONFLICT with `fields` for taken names; RATE_LIMITED with `retryAfter` for an address that tries too often.',
  })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The account.' }) input: RegisterInput,
    @Ctx() context: Context,
  ): Promise<AuthPayload> {
    return this.#registration.register(input, context.client);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Signs in. UNAUTHENTICATED for an unknown name, a wrong password and a closed account alike; RATE_LIMITED with `retryAfter` after 10 of these in 15 minutes.',
  })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who, and how they show it.' }) input: LoginInput,
    @Ctx() context: Context,
  ): Promise<AuthPayload> {
    return this.#accounts.login(input, context.client);
  }

  @Mutation(() => ChangePasswordPayload, {
    description:
      "Changes the viewer's password and ends their other sessions. VALIDATION_FAILED for a wrong one. Who has none yet, because they sign in with Google, sets one within 10 minutes of a sign-in.",
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Both passwords.' }) input: ChangePasswordInput,
    @Ctx() context: Context,
  ): Promise<ChangePasswordPayload> {
    return { user: await this.#accounts.changePassword(input, context) };
  }

  @Mutation(() => DeactivateAccountPayload, {
    description:
      "Closes the viewer's account for good and ends all of its sessions. Its names stay taken. VALIDATION_FAILED for a wrong password.",
  })
  async deactivateAccount(
    @Arg('input', () => DeactivateAccountInput, { description: 'The password.' }) input: DeactivateAccountInput,
    @Ctx() context: Context,
  ): Promise<DeactivateAccountPayload> {
    return { userId: await this.#accounts.deactivate(input.password, context) };
  }
}
