import { PasswordInput, VisuallyHidden, type PasswordInputProps } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { useId } from "react";
import classes from "./new-password.module.css";
import { passwordRules } from "./password-rules.ts";

type Props = Omit<PasswordInputProps, "value"> & { value?: string; email: string };

/** A password to be chosen, with the rules beside it as they are met. */
export const NewPassword = ({ email, ...input }: Props) => {
  const id = useId();
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        aria-describedby={id}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        required
        {...input}
      />
      <ul id={id} className={classes["rules"]}>
        {passwordRules(input.value ?? "", email).map(({ rule, isMet }) => (
          <li key={rule} {...(isMet && { className: classes["met"] })}>
            {isMet ? (
              <IconCircleCheckFilled size={14} aria-hidden />
            ) : (
              <IconCircle size={14} aria-hidden />
            )}
            {rule}
            <VisuallyHidden>{isMet ? ": met" : ": not met yet"}</VisuallyHidden>
          </li>
        ))}
      </ul>
    </div>
  );
};
