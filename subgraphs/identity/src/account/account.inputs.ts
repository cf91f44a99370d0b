import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { lastingDescription } from '../session/session.inputs.ts';
import { User } from '../user/user.ts';

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, {
    description:
      '2 to 32 letters of one alphabet, digits, and the signs _ . and -. Unique, ignoring case; I, ı, İ and i are the same here.',
  })
  username!: string;

  @Field(() => String, { description: 'An email address. Unique, ignoring case; shown to nobody but the user.' })
  email!: string;

  @Field(() => String, { description: '8 to 128 characters.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'The name to show, 1 to 64 characters; the username if absent.' })
  displayName?: string | null;
}

@InputType({ description: 'Credentials.' })
export class LoginInput {
  @Field(() => String, { description: 'The username or the email address, in any case.' })
  login!: string;

  @Field(() => String, { description: 'The password.' })
  password!: string;

  @Field(() => Boolean, { description: lastingDescription })
  lastingRefreshToken = false;
}

@InputType({ description: 'A change of password.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password until now; of no matter where there is none yet.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The password from now on, 8 to 128 characters.' })
  newPassword!: string;
}

@ObjectType({ description: 'The outcome of `changePassword`.' })
export class ChangePasswordPayload {
  @Field(() => User, { description: 'The user.' })
  user!: User;
}

@InputType({ description: 'The closing of an account.' })
export class DeactivateAccountInput {
  @Field(() => String, { description: 'The password, once more.' })
  password!: string;
}

@ObjectType({ description: 'The outcome of `deactivateAccount`.' })
export class DeactivateAccountPayload {
  @Field(() => ID, { description: 'The user whose account is closed.' })
  userId!: string;
}
