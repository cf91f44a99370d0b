import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { permissionBits } from '../permission/permission.ts';

/** Where the role is that every member has; each server has one there, and no other. */
export const defaultPosition = 0;
/** Beyond it is no role. */
export const lastPosition = 1_000_000;

/** A named set of permissions of one server. */
@Entity('role')
@ObjectType({ description: 'A named set of permissions in one server.' })
export class Role {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUID.' })
  readonly id!: string;

  @Column({ name: 'server_id', type: 'varchar', length: 36 })
  readonly serverId!: string;

  @Column({ type: 'varchar', length: 100 })
  @Field(() => String, { description: '1 to 100 characters.' })
  readonly name!: string;

  @Column({ type: 'varchar', length: 7, nullable: true })
  @Field(() => String, { nullable: true, description: 'As `#rrggbb`.' })
  readonly color!: string | null;

  @Column({ type: 'int' })
  @Field(() => Int, {
    description: 'Its rank: 0 for the default role, 1 and up for the others. A member acts only on what ranks below.',
  })
  readonly position!: number;

  /** A sum of `permission`. */
  @Column({ name: 'permissions', type: 'int' })
  readonly permissionSet!: number;

  @Field(() => String, { description: `What it allows. ${permissionBits}` })
  get permissions(): string {
    return String(this.permissionSet);
  }

  @Field(() => Boolean, { description: 'Whether every member has it without being given it.' })
  get isDefault(): boolean {
    return this.position === defaultPosition;
  }
}

/** That a member was given a role. */
@Entity('member_role')
export class MemberRole {
  @PrimaryColumn({ name: 'member_id', type: 'varchar', length: 36 })
  readonly memberId!: string;

  @PrimaryColumn({ name: 'role_id', type: 'varchar', length: 36 })
  readonly roleId!: string;
}

/** The highest first, as people list them. */
export const byRank = (a: Role, b: Role): number => b.position - a.position || (a.id < b.id ? -1 : 1);
