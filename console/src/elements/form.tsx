import type { UseFormReturnType } from "@mantine/form";
import { useEffect, useRef, type FormEvent, type ReactNode } from "react";

type Props<Values> = {
  form: UseFormReturnType<Values>;
  onSend: (values: Values) => void;
  children: ReactNode;
};

/**
 * A form that can always be sent. What is missing, or what the server objects to, is said beside its field, and the first
 * such field gets the focus: no button is dead without a word.
 */
export const Form = <Values,>({ form, onSend, children }: Props<Values>) => {
  const element = useRef<HTMLFormElement>(null);
  const wasSent = useRef(false);
  const { errors } = form;
  useEffect(() => {
    // Not while somebody types: an error that goes away leaves the others where they are.
    if (!wasSent.current || Object.keys(errors).length === 0) return;
    wasSent.current = false;
    firstWrong(element.current)?.focus();
  }, [errors]);
  const send = form.onSubmit(onSend);
  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        wasSent.current = true;
        send(event);
      }}
    >
      {children}
    </form>
  );
};

const fields = "input:not([type=hidden]), textarea, select";
/** Mantine marks passwords in a way of their own. */
const marks = '[aria-invalid="true"], [data-invalid="true"]';

/** Some inputs are a box that is marked, with the field inside. */
const firstWrong = (form: HTMLElement | null): HTMLElement | null => {
  const wrong = form?.querySelector<HTMLElement>(marks) ?? null;
  return wrong?.matches(fields) ? wrong : (wrong?.querySelector<HTMLElement>(fields) ?? null);
};
