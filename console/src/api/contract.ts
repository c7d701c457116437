/** The API's types by the names the console uses, all from the description that the server commits. */
import type {
  AccountRow,
  Api,
  Arrivals,
  AssetRow,
  ProvisioningLogEntry,
  Safeguard,
} from "./schema.generated.ts";

export type {
  Account,
  AccountRow,
  Arrivals,
  Asset,
  AssetRow,
  ClientSecret,
  Collision,
  AttributeReading,
  Connection,
  ConnectionAttribute,
  ConnectionSwitch,
  Custody,
  Explanation,
  FederatedCredential,
  FilterAttribute,
  GroupMapping,
  HeldChange,
  LedgerCause,
  LedgerDetail,
  LedgerEntry,
  LobbyPerson,
  LogRetention,
  Me,
  OfferedAttribute,
  Overview,
  Problem,
  ProvisioningLogEntry,
  Recovery,
  RecoveryRow,
  Rehire,
  PermissionNoun,
  RequestLimits,
  Role,
  RoleDetail,
  RoleApplication,
  RuleEffect,
  Simulation,
  Tenant,
  Safeguard,
  Token,
  Undo,
  UndoEffect,
  UndoItem,
} from "./schema.generated.ts";

export type ClientSecrets = Api.ListClientSecrets.ResponseBody;
export type Named = AccountRow["tenant"];
export type Page<Item> = { items: Item[]; next: string | null; total: number };

export type AccountStatus = AccountRow["status"];
export type Origin = AccountRow["origin"];
export type Check = Arrivals["checks"][number];
export type Outcome = ProvisioningLogEntry["outcome"];
export type AssetStatus = AssetRow["status"];
export type StatusKind = AssetStatus["kind"];

export type BulkConfirmation = Api.ConfirmCollisions.ResponseBody;
export type AttributeMapping = Api.GetAttributeMapping.ResponseBody;
export type SignInLinkState = Api.GetSignInLink.ResponseBody;
export type MappingDraft = Api.SaveGroupMappings.RequestBody["mappings"][number];
export type TenantTotals = Api.ListTenants.ResponseBody["totals"];
export type ProvisioningLogDetail = Api.GetProvisioningLogEntry.ResponseBody;
export type AssetField = Api.ListAssetFields.ResponseBody["items"][number];
export type HoldingConnection = Api.ListSafeguards.ResponseBody["items"][number];
export type SafeguardChange = Partial<Pick<Safeguard, "mode" | "guard">>;
export type HeldChoice = Api.ApplyHeldChanges.RequestBody;
export type HeldReleased = Api.ApplyHeldChanges.ResponseBody;
export type UndoRequest = Api.PlanUndo.RequestBody;
export type ConnectionAttributes = Api.ListAttributes.ResponseBody;
