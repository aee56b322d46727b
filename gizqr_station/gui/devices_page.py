"""The devices page: the slots of the bench, the ports that are plugged in, and any reader tried on any port."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from gizqr_station.domain.slot import MOST_SLOTS, SlotConfig
from gizqr_station.gui import devices_state
from gizqr_station.gui.desk_page import DeskPage
from gizqr_station.gui.device_controls import DeviceControls
from gizqr_station.gui.device_rows import row_of_port, row_of_slot
from gizqr_station.gui.devices_state import DevicesState, Pane
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.slot_pane import SlotPane
from gizqr_station.gui.slots_state import SlotsState
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import PORT_ROW_HEIGHT, Tone
from gizqr_station.gui.try_pane import TryPane


class DevicesPage(DeskPage[DevicesState]):
    """Shows one DevicesState."""

    def __init__(self, controls: DeviceControls, slots: tuple[SlotConfig, ...], *, language: str) -> None:
        super().__init__(DevicesState(SlotsState(slots)), devices_state.after, language=language)
        self._controls = controls
        self._slots_title = QLabel()
        self._slots = RowList(PORT_ROW_HEIGHT)
        self._further = QLabel()
        self._further.setObjectName("quiet")
        self._further.setWordWrap(True)
        self._said = StatusPanel()
        self._ports_title = QLabel()
        self._ports = RowList(PORT_ROW_HEIGHT)
        self._no_ports = QLabel()
        self._no_ports.setObjectName("quiet")
        self._no_ports.setWordWrap(True)
        self._try = TryPane()
        self._slot = SlotPane()

        self._connect()
        self._lay_out()
        self._draw()

    def _connect(self) -> None:
        self._slots.picked.connect(self._choose_slot)
        self._ports.picked.connect(self._choose_port)
        self._try.start.connect(self._start)
        self._try.stop.connect(self._stop)
        self._try.keep.connect(self._keep_log)
        self._try.use.connect(self._use)
        self._try.chosen.connect(self._choose_reader)
        self._slot.saved.connect(self._save_slot)
        self._slot.removed.connect(self._remove_slot)
        self._slot.left.connect(self._leave)

    def _lay_out(self) -> None:
        for title in (self._slots_title, self._ports_title):
            title.setObjectName("heading")
        for pane in (self._try, self._slot):
            self._panes.addWidget(pane)
        above = ((self._slots_title, 0), (self._slots, 2), (self._said, 0), (self._further, 0))
        below = ((self._ports_title, 0), (self._no_ports, 0), (self._ports, 3))
        self._lay_out_beside((*above, *below))

    @property
    def title(self) -> str:
        """On its tab."""
        return self.tr("Devices")

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        self._try.show_state(self.state, language)
        self._slot.show_state(self.state, language)
        super().speak(language)

    def show_state(self, state: DevicesState) -> None:
        """The same; a slot that is opened, or was saved, is put into its fields at once."""
        opened = state.pane is Pane.SLOT and (self.state.pane is not Pane.SLOT or state.slot != self.state.slot)
        was_saved = state.saved is not self.state.saved and state.saved is not None and state.saved.failure is None
        slot = state.open_slot
        if state.pane is Pane.SLOT and slot is not None and (opened or was_saved):
            self._slot.fill(slot)
        super().show_state(state)

    def _draw_opened(self) -> None:
        state = self.state
        self._slots_title.setText(self.tr("Slots of this station"))
        self._slots.setAccessibleName(self._slots_title.text())
        self._slots.show_rows([row_of_slot(state, slot, self._language) for slot in state.kept])
        another = len(state.kept) + 1
        self._further.setVisible(another <= MOST_SLOTS)
        self._further.setText(
            self.tr("One more: choose its port below, then press {number} (new).").format(number=another)
        )
        said = self._saying(state)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)
        self._ports_title.setText(self.tr("Ports that are plugged in"))
        self._ports.setAccessibleName(self._ports_title.text())
        self._no_ports.setText(self.tr("None. What is plugged in appears here by itself."))
        self._no_ports.setVisible(state.ports == ())
        self._ports.show_rows([row_of_port(state, port) for port in state.ports or ()])
        if state.pane is Pane.TRY:
            self._try.show_state(state, self._language)
        else:
            self._slot.show_state(state, self._language)
        self._panes.setCurrentWidget(self._try if state.pane is Pane.TRY else self._slot)

    def _saying(self, state: DevicesState) -> Said | None:
        """Why the slots were not saved, or that they count later."""
        if state.saved is not None and state.saved.failure is not None:
            return said_of(state.saved.failure, Tone.STOP, self.tr("Who can mend it: {owner}"), self._language)
        if state.changed:
            return Said(Tone.ACT, "power", self.tr("Changes count when the station is opened again."))
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, unless something that was typed would be lost."""
        if event.key() == Qt.Key.Key_Escape and self.state.pane is Pane.SLOT and self._slot.unchanged:
            self._leave()
        else:
            super().keyPressEvent(event)

    def looked_at(self, *, visible: bool) -> None:
        """Only then are ports looked at."""
        super().looked_at(visible=visible)
        self._controls.shown(visible)

    def _save(self, slots: tuple[SlotConfig, ...]) -> None:
        self.show_state(devices_state.saving(self.state))
        self._controls.save_slots(slots)

    @Slot(str)
    def _choose_slot(self, number: str) -> None:
        self.show_state(devices_state.chose_slot(self.state, int(number)))

    @Slot(str)
    def _choose_port(self, device: str) -> None:
        self.show_state(devices_state.chose_port(self.state, device))

    @Slot(str, int)
    def _choose_reader(self, reader: str, baud: int) -> None:
        self.show_state(replace(self.state, reader=reader, baud=baud))

    @Slot()
    def _leave(self) -> None:
        self.show_state(devices_state.left(self.state))

    @Slot()
    def _start(self) -> None:
        self.show_state(devices_state.trying(self.state))
        if self.state.trial is not None:
            self._controls.try_reader(self.state.trial.port, self.state.reader, self.state.baud)

    @Slot()
    def _stop(self) -> None:
        self.show_state(devices_state.stopping(self.state))
        self._controls.stop_trial()

    @Slot()
    def _keep_log(self) -> None:
        self.show_state(devices_state.keeping_log(self.state))
        self._controls.keep_log()

    @Slot(int)
    def _use(self, number: int) -> None:
        self._save(devices_state.used_for(self.state, number))

    @Slot(object)
    def _save_slot(self, slot: SlotConfig) -> None:
        self._save(devices_state.with_slot(self.state, slot))

    @Slot()
    def _remove_slot(self) -> None:
        slots = devices_state.without_slot(self.state.kept, self.state.slot)
        self.show_state(devices_state.left(self.state))
        self._save(slots)
