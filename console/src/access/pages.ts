export { ChangePasswordPage } from "./change-password-page.tsx";
export { SetupPage } from "./setup-page.tsx";
export { SignInPage } from "./sign-in-page.tsx";
export { WelcomePage } from "./welcome-page.tsx";
