//! Kinds that are written as text. Scripts only greet or count.

use crate::Kind;

/// The text of a kind that is one.
pub(super) fn sample(kind: Kind) -> Option<Vec<u8>> {
    if kind == Kind::AppRef {
        let line = "http://apps.example/a.application#a.application, Culture=neutral, PublicKeyToken=0, Version=1\r\n";
        return Some(std::iter::once(0xfeff).chain(line.encode_utf16()).flat_map(u16::to_le_bytes).collect());
    }
    script(kind).or_else(|| markup(kind)).or_else(|| settings(kind)).or_else(|| letter(kind)).map(Into::into)
}

fn script(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::JavaScript => {
            "// greets\r\nvar name = \"world\";\r\nfunction greet(to) {\r\n  return \"hello \" + to;\r\n}\r\nconsole.log(greet(name));\r\n"
        }
        Kind::VbScript => {
            "' greets\r\nOption Explicit\r\nDim name\r\nname = \"world\"\r\nSub Greet(x)\r\n  MsgBox \"hello \" & x\r\nEnd Sub\r\nCall Greet(name)\r\n"
        }
        Kind::EncodedScript => "#@~^AAAAAA==AAAAAAAA^#~@",
        Kind::VbaModule => {
            "Attribute VB_Name = \"Module1\"\r\nSub Greet()\r\n  MsgBox \"hello\"\r\nEnd Sub\r\n"
        }
        Kind::PowerShell => {
            "param([string]$Name = 'world')\r\n$text = \"hello $Name\"\r\nWrite-Host $text\r\nStart-Sleep -Seconds 0\r\n"
        }
        Kind::Batch => "@echo off\r\nset NAME=world\r\necho hello %NAME%\r\npause\r\n",
        Kind::ShellScript => "#!/bin/sh\necho hello\n",
        Kind::Python => "#!/usr/bin/env python3\nprint('hello')\n",
        Kind::Perl => "#!/usr/bin/perl\nprint \"hello\\n\";\n",
        Kind::Ruby => "#!/usr/bin/env ruby\nputs 'hello'\n",
        Kind::Php => "<?php\necho 'hello';\n",
        Kind::Asp => "<%@ Language=VBScript %>\r\n<% Response.Write(\"hello\") %>\r\n",
        _ => return None,
    })
}

fn markup(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Html => {
            "<!DOCTYPE html>\n<html><head><title>sample</title></head><body><p>sample</p></body></html>\n"
        }
        Kind::Hta => "<html><head><hta:application id=\"sample\"/></head><body>sample</body></html>\n",
        Kind::Svg => {
            "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>\n"
        }
        Kind::Xml => "<?xml version=\"1.0\"?>\n<sample><row/></sample>\n",
        Kind::Wsf => {
            "<?xml version=\"1.0\"?>\n<job><script language=\"JScript\">var one = 1;</script></job>\n"
        }
        Kind::Sct => "<?xml version=\"1.0\"?>\n<scriptlet><registration progid=\"Sample\"/></scriptlet>\n",
        Kind::Xslt => {
            "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"></xsl:stylesheet>\n"
        }
        Kind::Msc => "<?xml version=\"1.0\"?>\n<MMC_ConsoleFile ConsoleVersion=\"3.0\"></MMC_ConsoleFile>\n",
        Kind::MsBuild => {
            "<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\"><PropertyGroup/></Project>\n"
        }
        Kind::ScheduledTask => {
            "<?xml version=\"1.0\"?>\n<Task xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\"></Task>\n"
        }
        Kind::LibraryMs => {
            "<?xml version=\"1.0\"?>\n<libraryDescription xmlns=\"http://schemas.microsoft.com/windows/2009/library\"/>\n"
        }
        Kind::SearchConnector => {
            "<?xml version=\"1.0\"?>\n<searchConnectorDescription></searchConnectorDescription>\n"
        }
        Kind::SettingContent => {
            "<?xml version=\"1.0\"?>\n<PCSettings><SearchableContent><ApplicationInformation><DeepLink/></ApplicationInformation></SearchableContent></PCSettings>\n"
        }
        Kind::ClickOnce => {
            "<?xml version=\"1.0\"?>\n<asmv1:assembly xmlns:asmv1=\"urn:schemas-microsoft-com:asm.v1\"><deployment install=\"true\"/></asmv1:assembly>\n"
        }
        Kind::AppInstaller => {
            "<?xml version=\"1.0\"?>\n<AppInstaller Uri=\"https://apps.example/a.appinstaller\" Version=\"1.0.0.0\"/>\n"
        }
        Kind::Jnlp => "<?xml version=\"1.0\"?>\n<jnlp spec=\"1.0+\"><information/></jnlp>\n",
        Kind::PdfForm => {
            "<?xml version=\"1.0\"?>\n<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"></xdp:xdp>\n"
        }
        Kind::OfficeWordXml2003 => {
            "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?>\n<w:wordDocument></w:wordDocument>\n"
        }
        Kind::OfficeExcelXml2003 => {
            "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook></Workbook>\n"
        }
        Kind::FlatOdf => {
            "<?xml version=\"1.0\"?>\n<office:document office:version=\"1.3\"></office:document>\n"
        }
        Kind::MobileConfig => {
            "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>PayloadType</key><string>Configuration</string></dict></plist>\n"
        }
        Kind::Webloc => {
            "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>URL</key><string>https://site.example/</string></dict></plist>\n"
        }
        _ => return None,
    })
}

fn settings(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Empty => "",
        Kind::Text => "お世話になっております。\r\n資料をお送りします。\r\n",
        Kind::Rtf => "{\\rtf1\\ansi sample}",
        Kind::Slk => "ID;PSAMPLE\r\nC;Y1;X1;K\"sample\"\r\nE\r\n",
        Kind::Reg => "Windows Registry Editor Version 5.00\r\n\r\n",
        Kind::Inf => "[Version]\r\nSignature=\"$Windows NT$\"\r\n",
        Kind::UrlShortcut => "[InternetShortcut]\r\nURL=https://site.example/\r\n",
        Kind::Scf => "[Shell]\r\nCommand=2\r\n",
        Kind::Rdp => "screen mode id:i:2\r\nfull address:s:desk.example\r\n",
        Kind::Ica => "[WFClient]\r\nVersion=2\r\n",
        Kind::Iqy => "WEB\r\n1\r\nhttps://site.example/table\r\n",
        Kind::Dqy => "XLODBC\r\n1\r\n",
        Kind::DesktopEntry => "[Desktop Entry]\nType=Application\nName=Sample\n",
        Kind::Theme => "[Theme]\r\nDisplayName=Sample\r\n",
        Kind::Json => "{\"sample\": true}\n",
        Kind::Csv => "名前,数量,単価\r\n鉛筆,10,50\r\n消しゴム,3,80\r\n",
        Kind::Dxf => "0\r\nSECTION\r\n2\r\nHEADER\r\n0\r\nENDSEC\r\n0\r\nEOF\r\n",
        Kind::Step => "ISO-10303-21;\r\nHEADER;\r\nENDSEC;\r\nEND-ISO-10303-21;\r\n",
        Kind::PostScript => "%!PS-Adobe-3.0\n%%EOF\n",
        Kind::Pdf => "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        Kind::Uuencode => "begin 644 sample.txt\n&<V%M<&QE\n`\nend\n",
        Kind::BinHex => "(This file must be converted with BinHex 4.0)\n\n:sample:\n",
        _ => return None,
    })
}

fn letter(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Eml => {
            "From: sender@midori.example\r\nTo: receiver@midori.example\r\nSubject: sample\r\nMIME-Version: 1.0\r\n\r\nsample\r\n"
        }
        Kind::Mbox => {
            "From sender@midori.example Thu Jan  2 00:00:00 2020\nFrom: sender@midori.example\nSubject: sample\n\nsample\n"
        }
        Kind::Mht => {
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Location: file:///C:/sample.htm\r\nContent-Type: text/html\r\n\r\n<html></html>\r\n--b--\r\n"
        }
        Kind::Ics => "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        Kind::VCard => "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sample\r\nEND:VCARD\r\n",
        Kind::Certificate => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        Kind::PrivateKey => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        Kind::PgpMessage => "-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n",
        Kind::PgpSignature => "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n",
        _ => return None,
    })
}
