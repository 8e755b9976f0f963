"""What the commands say of settings that cannot be, in three languages: Kazakh, Russian, English."""

from __future__ import annotations

from service.cli.terms_text import Texts

SETTINGS: Texts = {
    "out_of_range": (
        "{setting}: {least} мен {most} аралығында болуы керек, ал онда {value} тұр",
        "{setting}: нужно значение от {least} до {most}, а там {value}",
        "{setting} must be from {least} to {most}, not {value}",
    ),
    "no_int": (
        "{setting}: бүтін сан болуы керек, ал онда «{value}» тұр",
        "{setting}: нужно целое число, а там «{value}»",
        "{setting} must be a whole number, not “{value}”",
    ),
    "no_float": (
        "{setting}: сан болуы керек, ал онда «{value}» тұр",
        "{setting}: нужно число, а там «{value}»",
        "{setting} must be a number, not “{value}”",
    ),
    "no_such_environment": (
        "RUQSAT_ENV: мыналардың бірі болуы керек: {known}, ал онда «{value}» тұр",
        "RUQSAT_ENV: нужно одно из: {known}, а там «{value}»",
        "RUQSAT_ENV must be one of {known}, not “{value}”",
    ),
    "no_demo_in_production": (
        "RUQSAT_ENV: production деп тұр, нақты істер жүретін жерде көрсетілім іске қосылмайды",
        "RUQSAT_ENV: там production, а где ведутся настоящие дела, демонстрация не запускается",
        "RUQSAT_ENV is production: no demo runs where real cases do",
    ),
    "secret_file_short": (
        "{file}: кемінде {least} кездейсоқ таңба болуы керек; файлды өшірсеңіз, жаңасы жасалады",
        "{file}: нужно не менее {least} случайных знаков; удалите файл, и будет создан новый",
        "{file} must hold at least {least} random characters; remove it for a new one",
    ),
    "secret_short": (
        "RUQSAT_SECRET: нақты жұмыста кемінде {least} кездейсоқ таңба болуы керек",
        "RUQSAT_SECRET: в рабочей системе нужно не менее {least} случайных знаков",
        "RUQSAT_SECRET must hold at least {least} random characters in production",
    ),
    "sqlite_in_production": (
        "RUQSAT_DATABASE_URL: нақты жұмыста PostgreSQL дерекқоры керек; SQLite бір машинаға және сынауға арналған",
        "RUQSAT_DATABASE_URL: в рабочей системе нужна база PostgreSQL; SQLite годится для одной машины и для проб",
        "RUQSAT_DATABASE_URL must name a PostgreSQL database in production: SQLite is for one machine and for trials",
    ),
    "missing_in_production": (
        "{setting}: нақты жұмыста көрсетілуі керек, ал ол жоқ",
        "{setting}: в рабочей системе это нужно указать, а оно не указано",
        "{setting} is missing in production",
    ),
    "shep_key_missing": (
        "RUQSAT_SHEP_KEY: министрліктің кілті көрсетілуі керек: шлюз тек қол қойылған хабарды қабылдайды",
        "RUQSAT_SHEP_KEY: укажите ключ министерства: шлюз принимает только подписанные сообщения",
        "RUQSAT_SHEP_KEY must name the ministry's key: the gateway takes signed envelopes only",
    ),
    "smtp_starttls_off": (
        "RUQSAT_SMTP_STARTTLS: нақты жұмыста қосулы болуы керек: хаттар істер туралы айтады",
        "RUQSAT_SMTP_STARTTLS: в рабочей системе должно быть включено: в письмах говорится о делах",
        "RUQSAT_SMTP_STARTTLS must be on in production: letters tell of cases",
    ),
    "public_url_open": (
        "RUQSAT_PUBLIC_URL: https:// деп басталуы керек: ол құжаттарда тұрады, ал сеанстар тек TLS арқылы өтеді",
        "RUQSAT_PUBLIC_URL: должно начинаться с https://: оно стоит на документах, и сеансы идут только по TLS",
        "RUQSAT_PUBLIC_URL must begin with https://: it stands on papers, and sessions travel over TLS only",
    ),
    "ncalayer_url_open": (
        "RUQSAT_NCALAYER_URL: wss:// деп басталуы керек: нағыз NCALayer тек TLS арқылы жауап береді",
        "RUQSAT_NCALAYER_URL: должно начинаться с wss://: настоящий NCALayer отвечает только по TLS",
        "RUQSAT_NCALAYER_URL must begin with wss://: the real NCALayer answers over TLS only",
    ),
    "address_of_nobody": (
        "{setting}: бұл шағын сынақ ортасының мекенжайы немесе ешкім жете алмайтын мекенжай: {value}",
        "{setting}: это адрес песочницы или такой, до которого другим не дойти: {value}",
        "{setting} is an address of the sandbox, or none that others reach: {value}",
    ),
    "sender_of_nobody": (
        "RUQSAT_MAIL_FROM: мұндай мекенжай ешкімде жоқ: {value}",
        "RUQSAT_MAIL_FROM: такого адреса ни у кого нет: {value}",
        "RUQSAT_MAIL_FROM is an address that nobody has: {value}",
    ),
    "no_roots": (
        "RUQSAT_TRUST: түбірлік сертификаттар жоқ: бірде-бір қолтаңба тексерілмес еді",
        "RUQSAT_TRUST: нет корневых сертификатов: ни одну подпись нельзя было бы проверить",
        "RUQSAT_TRUST names no root certificates: no signature could be checked",
    ),
    "no_certificate": (
        "RUQSAT_TRUST: {file} файлында DER пішіміндегі сертификат жоқ",
        "RUQSAT_TRUST: в файле {file} нет сертификата в формате DER",
        "RUQSAT_TRUST: {file} holds no certificate in DER",
    ),
    "development_root": (
        "RUQSAT_TRUST: әзірлеуге арналған түбірлік сертификат бар; нақты жұмыста тек нағыз сертификаттарға сенім бар",
        "RUQSAT_TRUST: там корневой сертификат для разработки; рабочая система доверяет только настоящим",
        "RUQSAT_TRUST holds a development root; production trusts real certificates only",
    ),
    "folder_of_another": (
        "RUQSAT_INSTANCE: {folder} бұл дерекқордың бумасы емес; оның басқа процестері көрсететін буманы көрсетіңіз."
        " Ол жоғалған болса, көшірмесін осында түгел, system-key.pem және seals.jsonl файлдарымен қойып, {file} файлына"
        " {mark} деп жазыңыз",
        "RUQSAT_INSTANCE: {folder} это не папка этой базы; укажите ту, которую указывают другие её процессы. Если её"
        " больше нет, положите сюда целиком её копию, с system-key.pem и seals.jsonl, и запишите {mark} в {file}",
        "RUQSAT_INSTANCE: {folder} is not the folder of this database; name the one that its other processes name."
        " Where that one is lost, put its copy here whole, with system-key.pem and seals.jsonl, and write {mark} into"
        " {file}",
    ),
    "clock_of_a_demo": (
        "RUQSAT_DATABASE_URL: бұл көрсетілімнің дерекқоры: оның сағаты жылжытылған, мерзімдері тек сол бойынша өтеді."
        " Басқа дерекқорды көрсетіңіз немесе RUQSAT_ENV мәнін demo етіңіз",
        "RUQSAT_DATABASE_URL: это база демонстрации: её часы переведены, и сроки идут только по ним. Укажите другую"
        " базу или задайте RUQSAT_ENV=demo",
        "RUQSAT_DATABASE_URL names the database of a demo: its clock was moved, and its terms pass by it alone. Name"
        " another database, or set RUQSAT_ENV to demo",
    ),
    "accounts_of_a_demo": (
        "RUQSAT_DATABASE_URL: бұл көрсетілімнің дерекқоры: онда көрсетілімнің есептік жазбалары бар",
        "RUQSAT_DATABASE_URL: это база демонстрации: в ней демонстрационные учётные записи",
        "RUQSAT_DATABASE_URL names the database of a demo: it holds demo accounts",
    ),
    "system_key_missing": (
        "RUQSAT_SYSTEM_KEY: бағдарламаның өз кілті көрсетілуі керек: ол дәлелдейтін нәрсеге сонымен қол қойылады",
        "RUQSAT_SYSTEM_KEY: укажите собственный ключ программы: им подписано то, что она удостоверяет",
        "RUQSAT_SYSTEM_KEY must name the program's own key: what it proves is signed with it",
    ),
    "key_open_to_others": (
        "RUQSAT_SYSTEM_KEY: {file} файлын басқалар оқи алады: chmod 600",
        "RUQSAT_SYSTEM_KEY: файл {file} могут прочитать другие: chmod 600",
        "RUQSAT_SYSTEM_KEY: {file} may be read by others: chmod 600",
    ),
    "no_private_key": (
        "RUQSAT_SYSTEM_KEY: {file} файлында PEM пішіміндегі құпиясөзсіз жеке кілт жоқ",
        "RUQSAT_SYSTEM_KEY: в файле {file} нет закрытого ключа в формате PEM без пароля",
        "RUQSAT_SYSTEM_KEY: {file} holds no private key in PEM without a password",
    ),
    "key_of_another_kind": (
        "RUQSAT_SYSTEM_KEY: {file} файлында Ed25519 кілті болуы керек",
        "RUQSAT_SYSTEM_KEY: в файле {file} должен быть ключ Ed25519",
        "RUQSAT_SYSTEM_KEY: {file} must hold an Ed25519 key",
    ),
    "no_public_key": (
        "{file}: бұл PEM пішіміндегі ашық кілт емес",
        "{file}: это не открытый ключ в формате PEM",
        "{file} is no public key in PEM",
    ),
    "public_key_of_another_kind": (
        "{file}: бұл Ed25519 ашық кілті емес",
        "{file}: это не открытый ключ Ed25519",
        "{file} is no public key of Ed25519",
    ),
    "shep_key_unusable": (
        "RUQSAT_SHEP_KEY: {file} жарамсыз: {why}",
        "RUQSAT_SHEP_KEY: {file} не подходит: {why}",
        "RUQSAT_SHEP_KEY: {file} cannot be used: {why}",
    ),
    "no_host": (
        "RUQSAT_HOST: осы машинаның мекенжайы немесе атауы портсыз болуы керек, ал онда «{value}» тұр",
        "RUQSAT_HOST: нужен адрес или имя этой машины без порта, а там «{value}»",
        "RUQSAT_HOST must be an address or a name of this machine, without a port, not “{value}”",
    ),
    "host_of_another": (
        "RUQSAT_HOST: осы машинаның мекенжайы болуы керек, ал онда «{value}» тұр",
        "RUQSAT_HOST: нужен адрес этой машины, а там «{value}»",
        "RUQSAT_HOST must be an address of this machine, not “{value}”",
    ),
    "port_taken": (
        "{port} порты бос емес; --port немесе RUQSAT_PORT арқылы басқасын көрсетіңіз",
        "порт {port} занят; укажите другой через --port или RUQSAT_PORT",
        "port {port} is taken; name another with --port or RUQSAT_PORT",
    ),
    "port_forbidden": (
        "{port} порты бұл пайдаланушыға берілмеген; --port немесе RUQSAT_PORT арқылы басқасын көрсетіңіз",
        "порт {port} этому пользователю не дан; укажите другой через --port или RUQSAT_PORT",
        "port {port} is not for this user; name another with --port or RUQSAT_PORT",
    ),
    "no_free_port": (
        "{first} мен {last} аралығында бос порт жоқ",
        "от {first} до {last} нет свободного порта",
        "no free port from {first} to {last}",
    ),
    "another_demo": (
        "{folder} бумасында басқа көрсетілім жұмыс істеп тұр; оны аяқтаңыз немесе RUQSAT_INSTANCE арқылы басқа буманы"
        " көрсетіңіз",
        "в папке {folder} работает другая демонстрация; завершите её или укажите в RUQSAT_INSTANCE другую папку",
        "another demo runs in {folder}; end it, or set RUQSAT_INSTANCE to another folder",
    ),
}
"""By the codes of a setting that cannot be and of a key that cannot be used."""

SERVING: Texts = {
    "run": (
        "ruqsat run: беттер, мерзімдер және жөнелту, мекенжайы {address}",
        "ruqsat run: страницы, сроки и отправка, по адресу {address}",
        "ruqsat run: pages, deadlines and the outbox, at {address}",
    ),
    "run_pages": (
        "ruqsat run: тек беттер, мекенжайы {address}",
        "ruqsat run: только страницы, по адресу {address}",
        "ruqsat run: pages alone, at {address}",
    ),
    "worker": (
        "ruqsat worker: мерзімдерді аяқтайды, хабарларды жөнелтеді",
        "ruqsat worker: завершает сроки и отправляет сообщения",
        "ruqsat worker: fires deadlines and sends the outbox",
    ),
}
"""What `ruqsat run` and `ruqsat worker` say once they work."""

DEMO: Texts = {
    "making": (
        "Көрсетілімнің адамдары, кілттері және істері жасалуда (бір рет) ...",
        "Создаются люди, ключи и дела демонстрации (один раз) ...",
        "Making the demo's people, keys and cases (once) ...",
    ),
    "ready": (
        "Ruqsat {seconds} с кейін дайын: {address}",
        "Ruqsat готов через {seconds} с: {address}",
        "Ruqsat is ready after {seconds} s: {address}",
    ),
    "clock": (
        "Көрсетілімнің сағаты {moment}; оны кез келген бет немесе `ruqsat clock` жылжытады.",
        "На часах демонстрации {moment}; их переводят на любой странице или командой `ruqsat clock`.",
        "The demo's clock shows {moment}; any page or `ruqsat clock` moves it.",
    ),
    "ncalayer": (
        "Көрсетілімнің NCALayer-і мына жерде: {address}; ол тек әзірлеу кілттерімен қол қояды.",
        "NCALayer демонстрации отвечает по адресу {address}; он подписывает только ключами разработки.",
        "NCALayer of the demo listens on {address}; it signs with development keys only.",
    ),
    "officers": (
        "Лауазымды адамдар {address}/office бетінде, құпиясөз {password}:",
        "Должностные лица: {address}/office, пароль {password}:",
        "Officers at {address}/office, password {password}:",
    ),
    "applicants": (
        "Өтініш берушілер {address}/cabinet бетіне сол жерде таңдалатын кілтпен кіреді.",
        "Заявители входят на {address}/cabinet ключом, который там можно выбрать.",
        "Applicants at {address}/cabinet sign in with a key that the page lets you choose.",
    ),
}
"""What `ruqsat demo` says when it begins."""
