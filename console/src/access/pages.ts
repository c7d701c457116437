export { ChangePasswordPage } from "./change-password-page.tsx";
export { NewRolePage, RolePage } from "./role-page.tsx";
export { RolesPage } from "./roles-page.tsx";
export { SetupPage } from "./setup-page.tsx";
export { SignInPage } from "./sign-in-page.tsx";
export { WelcomePage } from "./welcome-page.tsx";
