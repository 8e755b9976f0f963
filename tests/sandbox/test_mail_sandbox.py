"""The mail server of the sandbox speaks as much SMTP as any client needs (L66.1)."""

from __future__ import annotations

import smtplib
import socket

import pytest

from service.sandbox.mail import MailSandbox


@pytest.mark.law("L66.1")
def test_a_letter_of_any_client_is_kept_with_its_dots_and_several_recipients() -> None:
    with MailSandbox(refused=frozenset({"c@x.kz"})) as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail(
            "a@x.kz", ["b@x.kz", "c@x.kz", "d@x.kz"], b"Subject: s\r\nMessage-ID: <1@x>\r\n\r\n.\r\n..b\r\n"
        )
        client.noop()
        client.rset()
        client.sendmail("a@x.kz", "b@x.kz", b"Subject: t\r\nMessage-ID: <2@x>\r\n\r\nlast")
        assert [letter.to for letter in server.letters] == [("b@x.kz", "d@x.kz"), ("b@x.kz",)]
        assert server.letters[0].body == ".\n..b\n"
        assert [letter.subject for letter in server.letters] == ["s", "t"]


@pytest.mark.law("L66.1")
def test_commands_out_of_order_are_answered_and_a_broken_letter_is_not_kept() -> None:
    with MailSandbox() as server, socket.create_connection(("127.0.0.1", server.port), 10) as line:
        answers = line.makefile("rb")
        expected = [("", b"220"), ("VRFY a", b"502"), ("MAIL a", b"501"), ("RCPT TO:<>", b"501"), ("DATA", b"503")]
        expected += [("STARTTLS", b"502"), ("HELO x", b"250"), ("MAIL FROM:<a@x>", b"250"), ("RCPT TO:<b@x>", b"250")]
        for command, code in [*expected, ("DATA", b"354")]:
            if command:
                line.sendall(f"{command}\r\n".encode())
            assert answers.readline().startswith(code)
        line.sendall(b"Subject: half a let")
        line.shutdown(socket.SHUT_WR)
        assert answers.read() == b""
        assert server.letters == []
