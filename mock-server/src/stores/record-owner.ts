/** Whose records are meant: those of a user, of a client, or of a user with a client. */
export type RecordOwner = { sub: string; clientId?: string } | { clientId: string; sub?: string }

/** Whether a record belongs to the owner. */
export function isOwnedBy(record: { sub: string; clientId: string }, owner: RecordOwner): boolean {
  if (owner.sub !== undefined && owner.sub !== record.sub) return false
  return owner.clientId === undefined || owner.clientId === record.clientId
}
