import { utcColumn } from '@kopru/runtime/database/columns.ts';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const ChannelType = { TEXT: 'TEXT', DIRECT: 'DIRECT' } as const;
export type ChannelType = keyof typeof ChannelType;
registerEnumType(ChannelType, {
  name: 'ChannelType',
  description: 'What kind of channel it is.',
  valuesConfig: {
    TEXT: { description: 'One of a server, for its members.' },
    DIRECT: { description: 'Between two people, outside any server.' },
  },
});

/** A text channel of a server, or a direct channel between two people. */
@Entity('channel')
@ObjectType({
  description: 'A place for messages: of a server, or between two people. Only who may read its messages may read it.',
})
@Directive('@key(fields: "id")')
export class Channel {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @Field(() => ID, { description: 'A UUID.' })
  readonly id!: string;

  @Column({ type: 'varchar', length: 6 })
  @Field(() => ChannelType, { description: 'Whether it belongs to a server or to two people.' })
  readonly type!: ChannelType;

  /** null in a direct channel, as are the name and its key. */
  @Column({ name: 'server_id', type: 'varchar', length: 36, nullable: true })
  readonly serverId!: string | null;

  @Column({ type: 'varchar', length: 100, nullable: true })
  @Field(() => String, {
    nullable: true,
    description: '1 to 100 characters, unique in its server whatever their case; null for a direct channel.',
  })
  readonly name!: string | null;

  /** `channelKey(name)`; one of a kind in its server. */
  @Column({ name: 'name_key', type: 'varchar', length: 400, nullable: true, select: false })
  readonly nameKey?: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true })
  @Field(() => String, { nullable: true, description: 'What is talked about, at most 1024 characters.' })
  readonly topic!: string | null;

  @Column({ type: 'int' })
  @Field(() => Int, { description: 'Its place among the channels of its server, ascending; 0 for a direct channel.' })
  readonly position!: number;

  /** `pairKey` of the two people; null in a text channel. One of a kind. */
  @Column({ name: 'pair_key', type: 'varchar', length: 73, nullable: true })
  readonly pairKey!: string | null;

  @Column(utcColumn({ name: 'created_at' }))
  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt!: Date;

  @Column(utcColumn({ name: 'updated_at' }))
  @Field(() => Date, { description: 'When its name, topic or position was last changed.' })
  readonly updatedAt!: Date;
}

/** What two channel names have in common when only case tells them apart. */
export const channelKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** Names two people, whoever comes first. */
export const pairKey = (one: string, other: string): string => (one < other ? `${one}:${other}` : `${other}:${one}`);

/** The two people of a direct channel, else nobody. */
export const recipientIds = (channel: Pick<Channel, 'pairKey'>): readonly string[] => channel.pairKey?.split(':') ?? [];

/** As lists of channels are ordered. */
export const byPosition = (a: Channel, b: Channel): number => a.position - b.position || (a.id < b.id ? -1 : 1);
