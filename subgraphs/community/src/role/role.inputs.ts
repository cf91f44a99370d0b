import { Field, ID, InputType, Int } from 'type-graphql';
import { permissionBits } from '../permission/permission.ts';

@InputType({ description: 'A role to make.' })
export class CreateRoleInput {
  @Field(() => ID, { description: 'The server it is for.' })
  readonly serverId!: string;

  @Field(() => String, { description: '1 to 100 characters.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'As `#rrggbb`.' })
  readonly color?: string | null;

  @Field(() => String, { nullable: true, description: `What it allows; nothing where absent. ${permissionBits}` })
  readonly permissions?: string | null;
}

@InputType({ description: 'What to change of a role; what is left out stays.' })
export class UpdateRoleInput {
  @Field(() => ID, { description: 'The role.' })
  readonly roleId!: string;

  @Field(() => String, { nullable: true, description: '1 to 100 characters; null leaves it.' })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'As `#rrggbb`; null takes it away.' })
  readonly color?: string | null;

  @Field(() => String, { nullable: true, description: `What it is to allow; null leaves it. ${permissionBits}` })
  readonly permissions?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The position to take, from 1; those on the way make room. Beyond the last is the last.',
  })
  readonly position?: number | null;
}

@InputType({ description: 'A role to delete.' })
export class DeleteRoleInput {
  @Field(() => ID, { description: 'The role.' })
  readonly roleId!: string;
}

@InputType({ description: 'A role to give to a member.' })
export class AssignRoleInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'The member.' })
  readonly userId!: string;

  @Field(() => ID, { description: 'The role.' })
  readonly roleId!: string;
}

@InputType({ description: 'A role to take from a member.' })
export class UnassignRoleInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'The member.' })
  readonly userId!: string;

  @Field(() => ID, { description: 'The role.' })
  readonly roleId!: string;
}
