"""Sample regulations to begin from, in the form in which they are kept. Each names what it is made after; none is anybody's law."""

from dataclasses import dataclass
from pathlib import Path

from zhaoshang.assessments.rules.states import Purpose


@dataclass(frozen=True, slots=True)
class Sample:
    """A shipped text with the published system that it is made after."""

    code: str
    purpose: Purpose
    title: str
    title_en: str
    source: str

    @property
    def text(self) -> str:
        """The regulation itself."""
        return (Path(__file__).parent / f"{self.code}.toml").read_text(encoding="utf-8")


SAMPLES = (
    Sample(
        "scores",
        Purpose.SCORES,
        "招商引资考核办法(示例)",
        "Assessment of investment promotion (sample)",
        "示例:权重与各条由各地公布的办法拼合(高安2022功效系数;2024年结果公示的分档与逐项扣分;产业专班季度考核的加分封顶),不是大连市的办法",
    ),
    Sample(
        "lights-yinchuan",
        Purpose.LIGHTS,
        "项目红黄绿灯办法(仿银川2025)",
        "Lights of projects (after Yinchuan 2025)",
        "示例:仿银川市2025年红黄绿灯管理的公开报道 https://m.qlbk.net/news/3Ww4l7bw75.html",
    ),
    Sample(
        "lights-tianjin",
        Purpose.LIGHTS,
        "内资增速红黄绿灯办法(仿天津2022)",
        "Lights of growth (after Tianjin 2022)",
        "示例:仿天津市2022年内资增速亮灯的公开报道(转载稿)",
    ),
)


def sample(code: str) -> Sample:
    """One of them. Raises ``KeyError``."""
    return {one.code: one for one in SAMPLES}[code]
