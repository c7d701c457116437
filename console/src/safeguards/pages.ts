export { HeldChangesPage } from "./held-changes-page.tsx";
