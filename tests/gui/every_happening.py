"""One of every kind of happening: whatever is told in whatever order, no page may break."""

from gizqr_station.domain.app_reading import AppBinds, AppReading
from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.binding_proof import BindingProof, ProofStep, ProofVerdict
from gizqr_station.domain.codes import CodeSource, anatomy
from gizqr_station.domain.corrections import ReprintStanding
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.pooled_codes import CodeFetch, CodeZip, FetchState, PoolAdded
from gizqr_station.domain.printer import FoundPrinter, PrinterStatus
from gizqr_station.domain.records import RecordPage, RecordQuery
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.domain.work_order import OrderBalance
from gizqr_station.workflows.batch_happenings import (
    BatchesSeen,
    BatchRefused,
    BatchSeen,
    ListChecked,
    ListChecking,
    ListFolderSeen,
)
from gizqr_station.workflows.code_happenings import (
    CodeJudged,
    CodesDone,
    CodesFolderSeen,
    CodesProgress,
    CodesWork,
    FetchSeen,
    PoolSeen,
    ProofGoesOn,
    ProofSeen,
)
from gizqr_station.workflows.device_happenings import (
    PortsSeen,
    ReadersKnown,
    SlotsKept,
    SlotsKnown,
    TrialBegun,
    TrialEnded,
    WireHeard,
    WireLogKept,
)
from gizqr_station.workflows.happenings import (
    AtSlot,
    CodeFetched,
    DeskDone,
    DeskWork,
    DeviceRead,
    DeviceSeen,
    FaultSeen,
    Happening,
    HealthSeen,
    JobChanged,
    LabelDrawn,
    LabelKnown,
    LineStopped,
    Part,
    PrinterFound,
    PrinterLooked,
    PrintersKnown,
    QueueSeen,
    ScanBackDue,
    ScanRefused,
    SearchEnded,
    SettlementDue,
    Tally,
    TurnAwaited,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.order_happenings import (
    OrderDone,
    OrdersSeen,
    OrderStanding,
    OrderTaken,
    OrderWork,
    ShiftSeen,
)
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleSeen, PeopleWork
from gizqr_station.workflows.record_happenings import (
    LabelAwaited,
    OldLabelScanned,
    RecordDone,
    RecordProgress,
    RecordsFound,
    RecordWork,
    UnitSeen,
)
from tests.fake_bench import MAC, NOW, reading_of
from tests.gui.order_samples import ORDER, SHIFT, TOTALS
from tests.gui.people_samples import LEAD, PEOPLE, on_duty
from tests.gui.samples import CLONE, CODE, CONTENT, IMAGE, JOB, PRINTERS, waiting

PORT = SerialPort("/dev/ttyUSB0", "A50285BI", "1-1.1")
BATCH = Batch(1, "list.csv", "key", "", "zebra", "Li Wei", NOW, BatchState.PAUSED, {ItemState.WAITING: 3})
SERVICE = "http://qrcode.example:1800"
RANGE = IdentityRange.parse("00911f500000..00911f5003e7")
ZIP = CodeZip("key", SERVICE, CodeSource.SERVICE, str(RANGE), "/static/zipfiles/7.zip", "0" * 64, NOW)
FETCH = CodeFetch(3, "WO-1187", "key", SERVICE, (RANGE,), FetchState.RUNNING, NOW)
READING = AppReading(CONTENT, AppBinds.BY_CONTENT, anatomy(CONTENT))

OF_A_UNIT: list[Happening] = [
    WaitingForDevice(),
    DeviceSeen(),
    DeviceRead(reading_of(MAC)),
    CodeFetched(CODE),
    LabelDrawn(IMAGE),
    TurnAwaited(2),
    JobChanged(JOB),
    ScanBackDue(JOB),
    SettlementDue(JOB, None),
    ScanRefused(ProgramFault("x")),
    LabelKnown(JOB),
    UnitDone(JOB),
    UnitRefused(ProgramFault("x"), None),
    LineStopped(),
]
"""What a slot's line tells."""

EVERY_HAPPENING: list[Happening] = [
    *OF_A_UNIT,
    AtSlot(1, DeviceSeen()),
    FaultSeen(ProgramFault("x")),
    HealthSeen(Part.PRINTER, None, "zebra", NOW),
    Tally(0, 0, 0, 0, ()),
    PrintersKnown(PRINTERS, "zebra"),
    PrinterFound(FoundPrinter(CLONE.address, "A clone")),
    SearchEnded(),
    PrinterLooked("zebra", PrinterStatus(told=True)),
    *(DeskDone(work, "zebra") for work in DeskWork),
    QueueSeen((waiting(1, reason="E-PRN-04"),)),
    SlotsKnown((SlotConfig(1, "", PortName.parse("usb:A50285BI")),)),
    PortsSeen((PORT,)),
    ReadersKnown(()),
    TrialBegun("/dev/ttyUSB0", "gagent"),
    WireHeard((WireBytes(NOW, sent=False, data=b"x"),)),
    TrialEnded(None, None),
    WireLogKept("/logs/1.txt"),
    SlotsKept((SlotConfig(1, "", None), SlotConfig(2, "", PortName.parse("COM7")))),
    ListChecking("list.csv", 10),
    ListChecked(None),
    ListFolderSeen("/lists", ()),
    BatchSeen(BATCH),
    BatchesSeen((BATCH,)),
    BatchRefused(ProgramFault("x")),
    PoolSeen(SERVICE, False, 963, "WO-1187", 1000, 37, (RANGE,), (FETCH,), ((ZIP, 963),), 2000, 1037),
    FetchSeen(FETCH, 963, str(RANGE), 12.0),
    CodesProgress(CodesWork.IMPORT, "7.zip", 10, 1000),
    CodesDone(CodesWork.IMPORT, "7.zip", PoolAdded(1)),
    CodeJudged("", READING, JOB),
    ProofGoesOn(ProofStep.BIND),
    ProofSeen(BindingProof(CONTENT, MAC, ProofVerdict.BINDS)),
    CodesFolderSeen("/codes", ()),
    RecordsFound(RecordQuery(), RecordPage((JOB,), 7, (JOB,))),
    RecordsFound(RecordQuery(), RecordPage((JOB,), None), more=True),
    UnitSeen(JOB, (JOB,), (), IMAGE, ReprintStanding(2, 2, needs_second=True), scanned=True),
    LabelAwaited(JOB, JOB, serial_too=True),
    OldLabelScanned(JOB, JOB, certain=False),
    OldLabelScanned(JOB, None, certain=True),
    *(RecordProgress(work, 10) for work in RecordWork),
    *(RecordDone(work, JOB, "x.csv", 1) for work in RecordWork),
    *(RecordDone(work, failure=ProgramFault("x")) for work in RecordWork),
    on_duty(LEAD),
    OnDuty(None, ""),
    PeopleSeen(PEOPLE),
    *(PeopleDone(work, LEAD) for work in PeopleWork),
    *(PeopleDone(work, failure=ProgramFault("x")) for work in PeopleWork),
    OrdersSeen((OrderStanding(ORDER, OrderBalance(10, 1, 0, 0), JOB),), ORDER.number, ORDER.profile),
    ShiftSeen(SHIFT, TOTALS, (JOB,)),
    *(OrderDone(work, ORDER.number) for work in OrderWork),
    OrderTaken(ORDER),
    OutboxSeen(3, NOW, ProgramFault("x"), 1),
]
