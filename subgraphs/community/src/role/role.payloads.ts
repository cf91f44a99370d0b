import { Field, ID, ObjectType } from 'type-graphql';
import { Member } from '../member/member.ts';
import { Role } from './role.ts';

@ObjectType({ description: 'The outcome of `createRole`.' })
export class CreateRolePayload {
  @Field(() => Role, { description: 'The new role.' })
  readonly role!: Role;
}

@ObjectType({ description: 'The outcome of `updateRole`.' })
export class UpdateRolePayload {
  @Field(() => Role, { description: 'The role as it is now.' })
  readonly role!: Role;
}

@ObjectType({ description: 'The outcome of `deleteRole`.' })
export class DeleteRolePayload {
  @Field(() => ID, { description: 'The role that is gone.' })
  readonly roleId!: string;
}

@ObjectType({ description: 'The outcome of `assignRole`.' })
export class AssignRolePayload {
  @Field(() => Member, { description: 'The member, who has the role now.' })
  readonly member!: Member;
}

@ObjectType({ description: 'The outcome of `unassignRole`.' })
export class UnassignRolePayload {
  @Field(() => Member, { description: 'The member, who does not have the role now.' })
  readonly member!: Member;
}
