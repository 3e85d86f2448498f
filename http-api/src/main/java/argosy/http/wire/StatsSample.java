package argosy.http.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One sample of what a container uses, as the CLI's arithmetic wants it. */
@JsonNaming(SnakeCaseStrategy.class)
public record StatsSample(
    String name,
    String id,
    String read,
    String preread,
    Pids pidsStats,
    BlockIo blkioStats,
    int numProcs,
    Map<String, Object> storageStats,
    Cpu cpuStats,
    Cpu precpuStats,
    Memory memoryStats,
    @OmitEmpty Map<String, Link> networks) {

  @JsonNaming(SnakeCaseStrategy.class)
  public record Pids(@OmitNull @Nullable Long current, @OmitNull @Nullable Long limit) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record Cpu(
      CpuUsage cpuUsage,
      @OmitNull @Nullable Long systemCpuUsage,
      @OmitNull @Nullable Integer onlineCpus,
      Throttling throttlingData) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record CpuUsage(
      long totalUsage,
      @OmitNull @Nullable List<Long> percpuUsage,
      long usageInKernelmode,
      long usageInUsermode) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record Throttling(long periods, long throttledPeriods, long throttledTime) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record Memory(
      @OmitNull @Nullable Long usage,
      @OmitNull @Nullable Long maxUsage,
      @OmitNull @Nullable Map<String, Long> stats,
      @OmitNull @Nullable Long failcnt,
      @OmitNull @Nullable Long limit) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record Link(
      long rxBytes,
      long rxPackets,
      long rxErrors,
      long rxDropped,
      long txBytes,
      long txPackets,
      long txErrors,
      long txDropped) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record BlockIo(
      @Nullable List<BlockIoEntry> ioServiceBytesRecursive,
      @Nullable List<BlockIoEntry> ioServicedRecursive,
      @Nullable List<BlockIoEntry> ioQueueRecursive,
      @Nullable List<BlockIoEntry> ioServiceTimeRecursive,
      @Nullable List<BlockIoEntry> ioWaitTimeRecursive,
      @Nullable List<BlockIoEntry> ioMergedRecursive,
      @Nullable List<BlockIoEntry> ioTimeRecursive,
      @Nullable List<BlockIoEntry> sectorsRecursive) {}

  public record BlockIoEntry(long major, long minor, String op, long value) {}
}
