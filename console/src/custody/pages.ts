export { MyItemsPage } from "./my-items-page.tsx";
export { RecoveriesPage } from "./recoveries-page.tsx";
export { RecoveryPage } from "./recovery-page.tsx";
