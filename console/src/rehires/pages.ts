export { ReturnedPage } from "./returned-page.tsx";
