"""Workbooks that mean harm, or are none, made by hand: no program would write them."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def xlsx(rows: str, more: dict[str, str] | None = None) -> bytes:
    """Return a workbook with one sheet S of these rows, and more members."""
    relation = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}'
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relation}/worksheet" Target="worksheets/s.xml"/>'
        "</Relationships>",
        "xl/worksheets/s.xml": f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{rows}'
        "</sheetData></worksheet>",
    }
    return archive({**members, **(more or {})})


def ods(rows: str) -> bytes:
    """Return a workbook of LibreOffice with one sheet S of these rows."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<office:document-content xmlns:office="{_DOCUMENT}:office:1.0" '
        f'xmlns:table="{_DOCUMENT}:table:1.0" xmlns:text="{_DOCUMENT}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "<manifest/>"
    members = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return archive(members)


def archive(members: dict[str, str] | dict[str, bytes]) -> bytes:
    """Return an archive of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def declaring(content: bytes, size: int) -> bytes:
    """Return an archive in which every member says that it unpacks to this size."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.find(signature)
        while place >= 0:
            struct.pack_into("<I", changed, place + offset, size)
            place = content.find(signature, place + 4)
    return bytes(changed)


def overlapping(content: bytes, times: int) -> bytes:
    """Return an archive whose directory names the same members many times over."""
    end = content.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HII", content, end + 10)
    directory = content[start : start + length] * times
    counts, place = [count * times] * 2, (len(directory), start)
    trailer = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, *counts, *place, 0)
    return content[:start] + directory + trailer


def encrypted(content: bytes) -> bytes:
    """Return an archive whose members are marked as encrypted."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = content.find(signature, place + 4)
    return bytes(changed)


def _sample(text: str) -> bytes:
    return zlib.decompress(base64.b85decode(text))


# Three columns and four rows, as Excel of 1997 wrote them.
XLS = _sample(
    "c-rk)O=uHA6#iy+^J|(WF%=r2go0ITFSQ=L)YbYEJQ%7MMGLw$K}u^PF&8~(wdN=Yo)j;IUc6Mj_=6tw=0T|FK@fygZ+"
    "a3GJhWNgyqz^^&7lD;RrU+>=Iwj$+j*J4-PzZ3@#^%0)I6497j)F@5c~}`K_%o~#6W)Ama1C^sn{O=DTIPFkbWPYw!I3"
    "-F_hyy4-NN?7bJm?R7P+P*<vA|UPTOX4wjHP43ZSMLzXByIjaQA(=6AsyvLExSng)ab(Vt^TNTGKXJ&hMs#$zY>t<gR^"
    "1hFl^PVmJ=)g-ki!a|0POJ}mN@Lc<+H`ao5zK(bEt4<gOV&gcNgBWze7DoUH+Q8zPkZ*&wF{8_$5MNsiT$Q#0F$s!@dU"
    "3Rg3r427}#f(tp#M{*m9xCc`!%8S?g?`s=dYYW!i0rN@KY*`E-9>-CkD*>gtZL+_`zB$Cj-0HeLY{k~y@q9_MusqrH6L"
    "?$<YmMu*LlY?<WU-FXIVl4--n70DoSls!I{GXGv?Y-4$q@4Auo6w4$<Qr$D$p_Btt9CMAmJ=D$s<E^>5LEl1p<;&s6U6"
    "oJfR?=rP^B0q|@62g*(=#bYeEFL~pXd{}Z%I5c-CC&q;seXh-}a867E`&~>Ot3zMTA+6vvjUx?}%Sln(8ab7R%U|v@qM"
    "^+{-dvFkAMH<CE+Yn#0zbur+3f726pZL$NhxM^)Q;6SmImsAB8P_9?c`>~#T$Z8TvU%uXn_!EC=`8_Z70Hv}z#hcZptZ"
    "|exdg9i^DJb3Wn!NXdHa1Iyz#%QRwc)vPy$nQFfRBGO5lK&P*P^4d(4yOB2pt^($EzO?|@Co-`Vuc*{d!fWpYQ2PUjB+"
    "01Eze&%*@?#gvtnZG&n=-=+po2f=U;CBC*W?@&H"
)

# A workbook with a password, as Excel writes it: no archive, but an old document with two streams.
LOCKED = _sample(
    "c-rk(+j81Q7+!pe?Vgez($q~;jc%D(AanEpDaRNCHXy)`?u5_@qXUw_mOGv4WArwU(7r=wde_eMx-;!F^ty3>31NdzMN"
    "T@CcK9@(R=ca+Z~w!t;Fq5t{QmO$jX%&Oq|hRIb+(39Cfa<!g>mKnsBZJs+1c5+`D~8=6#fF*@mqx0ExEC@V}1{~>ekn"
    "xe8+vB<Nt;6{#|s-+v5K&@IB!Bzz;@80D1uY5cm=BW8f#ihrmyPkAR;6H-Mi59|OMtJ^_9?&!@Knb)>>&A`In`0;P^D<"
    "OL7W^7)y+e#1N1pFjTk!?(Zr#^o|{lM7(0vW}_->Ky8zDq^7J2<`&Z{|PvJktXe#MSl(2zFQvkt)LtznLr9wU@LRT@L>"
    "NV_yUf#mu9qovabbtIw(pI1qFG>eYD{7YQNo9cKfbcUx8AaS$_lc?XzRq{r1nIZ~unSZqzS=A9(P_Y<P@(j{WzXSbFzA"
    "<>b8Wd*M<pjv{h(ebWft!T)xieC75vK#u_(!?9UMvUmH>^KbQEu>b1%F5B-rw}0&p`YW*Cb<mPQ#p~IFoNteJ|J%9x6T"
    "0sF8QJV50#87H!TlZV<@|ZMjNS?)fEBQtb+W(!^5BO}lyy8|XTAibeMW6wds2@71NiQ!zv_+^C+5Ir_%4udVDC=qlXu("
    ";hwga$JpCFK;EJO(+JZ6w_opa~A~070o<i^xblNhovK;i-y=iC<g13Xv5<pQ{hyC6+XwO4jW?kz|v08eK{8@s_KFbo%P"
    "UIdo<a9$)l_VbA4B!~2uxdwAge2Z<6rRR#%rF_H!}L^zOX3!1;LlR)33y4jG!sT)FoR+wanUrjZGtdZk&_u?Q<hj=HB{"
    "c*WL23^d0t{Uf(!&A#Klm2G<I9_F#3qI@}mh<ozNJ=I9Bz}cp~<$6S16bO3=rc9G+Uo014>NF(!i<OwXjGQ?NZ4!LfEv"
    "WsfeZ@KQ!H!Fn<bHIXsIQC}p4JF}dFl{Asl(>+1eB~z4>csftvZfjO#B*k&~_^G0HxNIgnnsH(fwUZ79N!(dei|GwODQ"
    "@(saH&D_`&FXVWAn7Aw<RH&#4*A(qyttI6_XQS5({&^&vkZWhAnYc67Pmp`m|D#`ssdnsGE&_zSE_Ne!W}EY7u|6`y!v"
    "N$eqJ-n@;oHXw@(DEwWY5(zy^(dlA-a@#tQp)ab{HyGNnn7H2kFr3Q0suV6~cU9TDlo^Xf5beSg9h|()kxm~?k@A+HRQ"
    "<;2D6~b|`Y6%2w#`r;>&C7*+&e$pq^JJgdtz}GF4^wnYsW)Q^Q{yUIA-16x$n>PWlYuo-=V6#?#|FCe+DVt13UNZ)KDQ"
    "VAiW!=uWYvLULZ$?4;2u(GI(aT(D$U+(X5Fegk##kam)kp)-L9W*brnB#EKsyL9rG5a!;a$g9S|xi+Q9aM(JIvH{yy1!"
    "exk>WLHSS#MQbqXR@rN3bk`v?N}@kX1gL<lXR`hZC6_Zbt6~W~jpx;(B*dbjLC4>$otzX~yvVY};?dAbSKCTBbnGvvSy"
    "EBdm_N2>g@U=tLAbrY6N?K|c0er0TWu&bD`bPLiUnn>&kN;fIKambcDaLM^&lq8hefN$NO`L%#4gg&NsXxla?_N!l&6V"
    "_gE6&^=9puSIp&z-D*gt)2SA+"
)
