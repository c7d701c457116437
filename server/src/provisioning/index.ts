/** The SCIM endpoint, its connections and tokens, and the provisioning log. Alone joins SCIM and the directory. */
export { connect } from "./connections/connect.ts";
export { registerCredentialRoutes } from "./connections/credential-routes.ts";
export { registerLimitRoutes } from "./connections/limit-routes.ts";
export { endpointOf, registerConnectionRoutes } from "./connections/routes.ts";
export { describeFields } from "./attributes/describe-fields.ts";
export { findAttributeFacet } from "./attributes/filter.ts";
export { listFilterAttributes } from "./attributes/store.ts";
export { readEverybody, readEverybodyJob } from "./attributes/read-everybody.ts";
export { registerAttributeRoutes } from "./attributes/routes.ts";
export { registerBehaviourRoutes } from "./dialect/behaviour-routes.ts";
export {
  countConnectionsByTenant,
  findActivity,
  findConnection,
  listConnections,
} from "./connections/store.ts";
export { createAdmission } from "./admission/admission.ts";
export type { Neighbours } from "./admission/neighbours.ts";
export { answerScimError } from "./endpoint/serve.ts";
export { keysRule, type KeysRule } from "./federation/keys-rule.ts";
export { registerFederationRoutes } from "./federation/routes.ts";
export { matchNewLocal } from "./match-locals.ts";
export { createCensusTaker, type CensusTaker } from "./doctor/census.ts";
export { registerDoctorRoutes } from "./doctor/routes.ts";
export { registerScimEndpoint } from "./endpoint/routes.ts";
export { createRecorder, type Recorder } from "./log/recorder.ts";
export { pruneLog, pruneLogsJob } from "./log/retention.ts";
export { registerLogRetentionRoutes } from "./log/retention-routes.ts";
export { registerLogRoutes } from "./log/routes.ts";
export { registerMappingRoutes } from "./mapping/routes.ts";
export { registerTokenEndpoint } from "./oauth/token-endpoint.ts";
export { provisioningPermissions } from "./permissions.ts";
export { describeIdentity } from "./resources/attribute-paths.ts";
export { findRuleAttribute } from "./resources/rule-attribute.ts";
export { provisioningIrreversible, provisioningReversals } from "./undo/index.ts";
