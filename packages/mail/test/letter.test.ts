import { expect, it } from "vitest";
import { letterMail } from "../src/letter.ts";

const letter = {
  ...{ locale: "en", subject: "Hello", greeting: "Hello <b>Ada</b>,", paragraphs: ["One & two."] },
  action: { label: "Go", url: 'https://shop.example/account/verify#token=a"b' },
  facts: [{ label: "Device", value: "<script>" }],
  signature: "Kind regards",
};

it("escapes what people typed, in every place of the HTML", () => {
  const { html } = letterMail(letter);
  expect(html).toContain("Hello &lt;b&gt;Ada&lt;/b&gt;,");
  expect(html).toContain('href="https://shop.example/account/verify#token=a&quot;b"');
  expect(html).not.toMatch(/<b>|<script>/);
});

it("says the same as text", () => {
  expect(letterMail(letter).text).toBe(
    'Hello <b>Ada</b>,\n\nOne & two.\n\nGo:\nhttps://shop.example/account/verify#token=a"b\n\nDevice: <script>\n\nKind regards\n',
  );
});

it("leaves out what there is not", () => {
  const { html, text } = letterMail({ ...letter, action: undefined, facts: undefined });
  expect(html).not.toContain("<a ");
  expect(text).toBe("Hello <b>Ada</b>,\n\nOne & two.\n\nKind regards\n");
});
