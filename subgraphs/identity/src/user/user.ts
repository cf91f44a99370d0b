import type { Context } from '@kopru/runtime/context.ts';
import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account and its profile. What signs in to it is kept apart, in `Password`. */
@Entity('user')
@ObjectType({ description: 'A person, by the one account that works in every dialect.' })
@Directive('@key(fields: "id")')
export class User {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUIDv7; it never changes.' })
  id!: string;

  @Column({ type: 'varchar', length: 32 })
  @Field(() => String, { description: 'What the user signs in with. Unique, ignoring case; 2 to 32 characters.' })
  username!: string;

  /** `username` as it is compared. */
  @Column({ type: 'varchar', length: 128 })
  usernameKey!: string;

  @Column({ type: 'varchar', length: 254 })
  email!: string;

  /** `email` as it is compared. */
  @Column({ type: 'varchar', length: 254 })
  emailKey!: string;

  /** When the address was last changed; null where it is the one that the account was made with. */
  @Column(utcColumn({ nullable: true }))
  emailChangedAt!: Date | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  chosenName!: string | null;

  @Field(() => String, { description: 'The name to show; the username where the user has chosen none.' })
  get displayName(): string {
    return this.chosenName ?? this.username;
  }

  @Column({ type: 'varchar', length: 2048, nullable: true })
  @Field(() => String, { nullable: true, description: 'An http(s) URL of a picture; null where there is none.' })
  avatarUrl!: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  @Field(() => String, { nullable: true, description: 'A few words by the user, at most 500 characters.' })
  bio!: string | null;

  @Column({ type: 'boolean' })
  @Field(() => Boolean, { description: 'False once the account is closed; what the user wrote keeps its author.' })
  active!: boolean;

  @Column(utcColumn())
  @Field(() => Date, { description: 'When the account was made.' })
  createdAt!: Date;

  @Column(utcColumn())
  @Field(() => Date, { description: 'When the profile last changed.' })
  updatedAt!: Date;

  /** The session that the user has just begun, in an answer to a request that had no viewer yet. */
  signedInto?: string;

  /** Whether the user is reading about themselves. @throws VIEWER_REQUIRED in a shared execution. */
  isReader(context: Context): boolean {
    return this.signedInto !== undefined || context.isViewer(this.id);
  }
}
