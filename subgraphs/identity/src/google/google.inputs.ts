import { Field, InputType } from 'type-graphql';
import { lastingDescription } from '../session/session.inputs.ts';

@InputType({ description: 'A sign-in with Google.' })
export class LoginWithGoogleInput {
  @Field(() => String, { description: 'The ID token that Google gave the client.' })
  token!: string;

  @Field(() => Boolean, { description: lastingDescription })
  lastingRefreshToken = false;
}

@InputType({ description: 'Another sign-in with Google, of somebody who has an account.' })
export class RefreshGoogleSessionInput {
  @Field(() => String, { description: 'A new ID token of the same Google account.' })
  token!: string;

  @Field(() => Boolean, { description: lastingDescription })
  lastingRefreshToken = false;
}
