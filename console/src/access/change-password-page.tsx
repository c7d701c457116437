import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../api/api-error.ts";
import { call } from "../api/client.ts";
import { useSession } from "../app-shell/session.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { NewPassword } from "./new-password.tsx";
import { isGoodPassword } from "./password-rules.ts";

export const ChangePasswordPage = () => {
  const email = useSession().account.email ?? "";
  const form = useForm({
    initialValues: { current: "", next: "" },
    validate: {
      current: needed("Enter the password you have now."),
      next: (next) =>
        isGoodPassword(next, email) ? null : "Choose one that keeps the rules below.",
    },
  });
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) => call("POST", "/me/password", { body }),
    meta: { shownInForm: true, done: "Password changed. Your other sessions were signed out." },
    onSuccess: () => form.reset(),
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  return (
    <div style={{ maxWidth: "28rem" }}>
      <PageHead
        title="Change password"
        lead="Everywhere else you are signed in, you will have to sign in again."
      />
      <Section title="New password">
        <Form form={form} onSend={(values) => change.mutate(values)}>
          <Stack gap="md">
            <ProblemNote error={change.error} />
            <input type="text" autoComplete="username" value={email} readOnly hidden />
            <PasswordInput
              label="Current password"
              autoComplete="current-password"
              visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
              required
              {...form.getInputProps("current")}
            />
            <NewPassword label="New password" email={email} {...form.getInputProps("next")} />
            <Button type="submit" loading={change.isPending} style={{ alignSelf: "flex-start" }}>
              Change password
            </Button>
          </Stack>
        </Form>
      </Section>
    </div>
  );
};
