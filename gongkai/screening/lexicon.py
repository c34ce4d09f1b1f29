"""The words that are looked for, by group, in one automaton; longer harmless phrases win over
the words in them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_COUNTS = "0123456789一二三四五六七八九十"

GROUPS: dict[str, str] = {
    "secret": "绝密 机密 秘密 絕密 機密 绝密级 机密级 秘密级",
    "term": "保密期限 保密期 密级期限",
    "level": "密级",
    "internal": "内部资料 内部文件 内部使用 内部明电 内部刊物 内部材料 内部参考 "
    "内部通报 注意保存 不得外传 "
    "严禁外传 请勿外传 此件不公开 此件不予公开 本件不公开 此件不得公开 不予公开 "
    "不得公开 工作秘密 仅供内部",
    "lone": "内部",
    "attribute": "此件依申请公开 本件依申请公开 此件删减后公开 依申请公开 删减后公开",
    "draft": "征求意见稿 送审稿 会签稿 会签单 会签 讨论稿 报批稿",
    "consultation": "公开征求意见 征求社会意见 意见反馈 反馈意见 公开征集",
    "secret_number": "密电 密函 密发 密传 密字 密〔 密[ 密\uff3b 密( 密（ 机发〔 "
    "机发[ 机发\uff3b 内传〔 内传[ 明电〔 明电[",
    "secret_year": "〕密 ]密 )密 ）密 \uff3d密",
    "credential": "password passwd pwd 密码 口令 token secret api_key apikey "
    "access_key 密钥 PRIVATE",
    "permit": "护照 通行证 台胞证 回乡证 军官证 士兵证 居留证 文职干部证 警官证 "
    "军字第 证件号码 证件号",
    "identity": "身份证 证件号 证件号码 身份号码 公民身份 社会保障号 社保号",
    "bank": "卡号 账号 帐号 开户 存折 一卡通 银行卡 代发 银行账户",
    "firm": "对公账户 对公帐户 基本账户 基本存款账户 缴款账户 收款单位 财政专户 公司账户 国库",
    "birth": "出生日期 出生年月 生日 出生于 出生",
    "private_phone": "住宅电话 家庭电话 宅电 家中电话",
    "telephone": "电话 联系方式 联系电话 联系号码",
    "map": "地图 政区图 行政区划图 行政区图 区位图 位置图 交通图 旅游图 水系图 区划图",
    "home": "家庭住址 家庭地址 现住址 现住 住址 户籍地址 户籍地 户籍所在地 居住地址 "
    "居住地 家住 居住在 现居住于 居住于 住所地",
    "net": "IP地址 内网 服务器 主机 网关 IP端口 http:// https:// ftp:// 数据库 交换机",
    "sensitive": "艾滋 HIV hiv 一级残疾 二级残疾 三级残疾 四级残疾 计生对象 "
    "梅毒 乙肝 肺结核 精神分裂 精神病 精神疾病 精神残疾 "
    "智力残疾 肢体残疾 听力残疾 视力残疾 "
    "癌 白血病 尿毒症 孕检 流产 计划生育 节育 低保原因 致贫原因 因病致贫 因残致贫 残疾等级 残疾证 "
    "抑郁症 癫痫 吸毒 强制戒毒 刑满释放 社区矫正对象",
    "name": "姓名 户主 申请人 受援人 当事人 被申请人 救助对象 患者 病人 学生 幼儿 "
    "儿童 被害人 受害人 证人 举报人 "
    "投诉人 监护人 未成年人 家长",
    "young": "学生 幼儿 儿童 监护人 未成年 小学 中学 幼儿园 孩子",
    "copy": "份号",
    "roster": "名单",
    "site": "军用 军事 弹药 油库 炸药 雷达 管线 管网 水源 涵洞 军营 部队 CGCS2000",
    "inner_line": "内线",
}

_HARMLESS = (
    "国家秘密 商业秘密 工作秘密事项 秘密性 机密性 保守秘密 "
    "保守国家秘密 通信秘密 军事秘密 "
    "技术秘密 职业秘密 秘密投票 秘密载体 泄露秘密 保密审查 知悉的秘密 内部管理 "
    "内部控制 内部机构 内部监督 内部审计 "
    "内部流程 内部设机构 内部事务 内部管理制度 内部信息 内部设 内部规范 内部分工 "
    "内部工作流程 系统内部 单位内部 "
    "依申请公开信息 依申请公开工作 依申请公开制度 依申请公开办理 依申请公开的 "
    "依申请公开政府信息 癌症防治 "
    "警官证件样式 密码法 密码管理 密码工作 商用密码 密码应用 密码技术 商业机密 绝密件 "
    "工作秘密管理 "
    "农户 客户 户外 户籍 教室 办公室 组织 组长 工作组 领导小组 小组 国家秘密、商业秘密 精神文明"
)


class Word(NamedTuple):
    """A word found in normalised text."""

    group: str
    start: int
    end: int


class Lexicon:
    """All groups with a site's own words. Secrecy words are also found with blanks between the
    characters.
    """

    def __init__(self, own: tuple[str, ...] = ()) -> None:
        self._groups: dict[str, tuple[str, ...]] = {}
        for group, words in GROUPS.items():
            for word in words.split():
                for form in _forms(group, word):
                    self._put(form, group)
        for province in _PROVINCES:
            for letter in _PLATE_LETTERS:
                self._put(province + letter, "plate")
        for digit in "0123456789":
            self._put(digit + "室", "room")
            self._put(digit + "户", "room")
        self._put("WJ", "police_plate")
        self._put("村民小组", "village")
        for count in _COUNTS:
            self._put(count + "组", "village")
            self._put("村" + count, "village")
            self._put("社区" + count, "village")
        for word in _HARMLESS.split():
            self._put(word, "")
        for word in own:
            self._put(word, "word")
        self._patterns = list(self._groups)
        self._automaton = AhoCorasick(
            self._patterns,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )

    def _put(self, word: str, group: str) -> None:
        had = self._groups.get(word, ())
        self._groups[word] = (*had, group) if group not in had else had

    def find(self, text: str) -> list[Word]:
        """Words in order of place. A word in two groups is given twice, a harmless phrase not at
        all.
        """
        return [
            Word(group, start, end)
            for number, start, end in self._automaton.find_matches_as_indexes(text)
            for group in self._groups[self._patterns[number]]
            if group
        ]

    @property
    def patterns(self) -> list[str]:
        """Every pattern, for measuring against the plain way."""
        return list(self._patterns)


def _forms(group: str, word: str) -> set[str]:
    if group in {"secret", "level", "internal"}:
        return {gap.join(word) for gap in ("", "\n", " ", "  ", "   ", "\u3000", "\u3000\u3000")}
    if group == "credential":
        return {word, word.upper(), word.capitalize()}
    return {word}


@lru_cache(maxsize=8)
def lexicon(own: tuple[str, ...] = ()) -> Lexicon:
    """The lexicon of a policy, built once."""
    return Lexicon(own)
