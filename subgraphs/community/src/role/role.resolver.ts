import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ViewerWrites } from '../viewer-writes.ts';
import { assignRole, unassignRole } from './role.assign.ts';
import { deleteRole, updateRole } from './role.change.ts';
import { createRole } from './role.create.ts';
import {
  AssignRoleInput,
  CreateRoleInput,
  DeleteRoleInput,
  UnassignRoleInput,
  UpdateRoleInput,
} from './role.inputs.ts';
import {
  AssignRolePayload,
  CreateRolePayload,
  DeleteRolePayload,
  UnassignRolePayload,
  UpdateRolePayload,
} from './role.payloads.ts';

/** All of these take MANAGE_ROLES and, but for the owner, a higher role than what they act on. */
@Resolver()
export class RoleMutations {
  readonly #writes: ViewerWrites;

  constructor(writes: ViewerWrites) {
    this.#writes = writes;
  }

  @Mutation(() => CreateRolePayload, {
    description: 'Makes a role, the lowest but for the default role. Takes MANAGE_ROLES; nobody gives what they lack.',
  })
  async createRole(
    @Ctx() context: Context,
    @Arg('input', () => CreateRoleInput, { description: 'The role.' }) input: CreateRoleInput,
  ): Promise<CreateRolePayload> {
    return { role: await this.#writes.run(context, (tx, userId) => createRole(tx, userId, input)) };
  }

  @Mutation(() => UpdateRolePayload, {
    description: "Changes a role below one's own. Takes MANAGE_ROLES. The default role keeps its name and place.",
  })
  async updateRole(
    @Ctx() context: Context,
    @Arg('input', () => UpdateRoleInput, { description: 'The role and its changes.' }) input: UpdateRoleInput,
  ): Promise<UpdateRolePayload> {
    return { role: await this.#writes.run(context, (tx, userId) => updateRole(tx, userId, input)) };
  }

  @Mutation(() => DeleteRolePayload, {
    description: "Deletes a role below one's own. Takes MANAGE_ROLES. CONFLICT for the default role.",
  })
  async deleteRole(
    @Ctx() context: Context,
    @Arg('input', () => DeleteRoleInput, { description: 'The role.' }) { roleId }: DeleteRoleInput,
  ): Promise<DeleteRolePayload> {
    await this.#writes.run(context, (tx, userId) => deleteRole(tx, userId, roleId));
    return { roleId };
  }

  @Mutation(() => AssignRolePayload, {
    description:
      "Gives oneself or a member below oneself a role below one's own. Takes MANAGE_ROLES and what it allows.",
  })
  async assignRole(
    @Ctx() context: Context,
    @Arg('input', () => AssignRoleInput, { description: 'The member and the role.' }) input: AssignRoleInput,
  ): Promise<AssignRolePayload> {
    return { member: await this.#writes.run(context, (tx, userId) => assignRole(tx, userId, input)) };
  }

  @Mutation(() => UnassignRolePayload, {
    description: "Takes a role below one's own from oneself or from a member below oneself. Takes MANAGE_ROLES.",
  })
  async unassignRole(
    @Ctx() context: Context,
    @Arg('input', () => UnassignRoleInput, { description: 'The member and the role.' }) input: UnassignRoleInput,
  ): Promise<UnassignRolePayload> {
    return { member: await this.#writes.run(context, (tx, userId) => unassignRole(tx, userId, input)) };
  }
}
