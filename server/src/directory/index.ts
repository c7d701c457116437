/** The mirror: directory users, groups and memberships, exactly as the identity provider sent them. */
export type { DirectoryGroupWrite, DirectoryUserWrite } from "./types.ts";
export type { Lookup } from "./store/lookup.ts";
export { byId, type Order, type Position, type Selection, type Slice } from "./store/slice.ts";
export {
  connectionsOf,
  countUsers,
  findPerson,
  foldedParts,
  findUser,
  insertUser,
  lockDocumentsAfter,
  listPeopleAfter,
  lockingPeople,
  lockPeople,
  lockTombstone,
  lockUser,
  sampleDocuments,
  selectUsers,
  selectUsersWithGroups,
  summarizeUsers,
  tombstoneUser,
  updateUser,
  writeDocuments,
  type LockedUser,
  type Person,
  type UserRow,
} from "./store/users.ts";
export {
  countGroups,
  existingGroupIds,
  findGroup,
  findGroupNames,
  insertGroup,
  listGroupNames,
  lockGroup,
  selectGroups,
  tombstoneGroup,
  touchGroup,
  updateGroup,
  type GroupRow,
  type LockedGroup,
} from "./store/groups.ts";
export { employeeKey } from "./employee-key.ts";
export {
  hasLeaverWith,
  isDeleted,
  lastLeaverWith,
  onlyPersonWith,
  personSummary,
  type PersonSummary,
} from "./store/employees.ts";
export {
  findFirst,
  listOtherGroups,
  nameUsers,
  takeMirrorCensus,
  type MirrorCensus,
  type Some,
} from "./store/census.ts";
export { hasFacet } from "./store/facet.ts";
export { findPeopleLike, type PersonLike } from "./store/people-like.ts";
export { groupName } from "./store/group-name.ts";
export {
  addMembers,
  countMembers,
  foldedGroupsOf,
  foldedMembersOf,
  hasAnyMember,
  isInAnyGroup,
  isMemberOf,
  listGroupsOf,
  listMemberIds,
  listMembers,
  listMembersAmong,
  selectMembersAmong,
  membershipsOf,
  removeFromAllGroups,
  removeMembers,
  saveMembers,
  type Member,
  type MemberKind,
} from "./store/memberships.ts";
