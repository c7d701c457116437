export { CollisionsPage } from "./collisions-page.tsx";
