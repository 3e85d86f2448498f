package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What {@code certs.d/HOST:PORT} says about one registry's TLS: each {@code *.crt} is an authority
 * that is believed besides the host's own, each {@code *.cert} a client's certificate with its key
 * beside it in {@code *.key} (Docker's documentation, "Verify repository client with
 * certificates").
 */
record Certificates(List<File> authorities, List<File> clients) {
  private static final char[] NO_PASSWORD = new char[0];

  Certificates {
    authorities = List.copyOf(authorities);
    clients = List.copyOf(clients);
  }

  /** A file as it was when it was looked at, so that a change is seen. */
  record File(Path path, long modified, long size) {
    static File of(Path path) throws IOException {
      return new File(path, Files.getLastModifiedTime(path).toMillis(), Files.size(path));
    }
  }

  /** Looks what there is for a registry now. */
  static Certificates of(List<Path> directories, String authority) {
    var authorities = new ArrayList<File>();
    var clients = new ArrayList<File>();
    for (Path directory : directories) {
      Path own = directory.resolve(authority);
      if (own.startsWith(directory) && Files.isDirectory(own)) {
        look(own, authorities, clients);
      }
    }
    return new Certificates(authorities, clients);
  }

  private static void look(Path directory, List<File> authorities, List<File> clients) {
    try (var files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".crt")) {
          authorities.add(File.of(file));
        } else if (name.endsWith(".cert")) {
          clients.add(File.of(file));
          if (!Files.exists(key(file))) {
            throw new IOException(
                "missing key %s for client certificate %s. CA certificates must use the extension .crt"
                    .formatted(key(file).getFileName(), name));
          }
        } else if (name.endsWith(".key") && !Files.exists(beside(file, ".key", ".cert"))) {
          throw new IOException(
              "missing client certificate %s for key %s"
                  .formatted(beside(file, ".key", ".cert").getFileName(), name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage() + " (in " + directory + ")", e);
    }
  }

  private static Path key(Path certificate) {
    return beside(certificate, ".cert", ".key");
  }

  private static Path beside(Path file, String ending, String other) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
  }

  /** Null where the host's own authorities and no client's certificate will do. */
  @Nullable SSLContext context(boolean verified) {
    if (verified && authorities.isEmpty() && clients.isEmpty()) {
      return null;
    }
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), verified ? trust() : new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(
          new IOException("the registry's certificates can not be used: " + e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private TrustManager[] trust() throws GeneralSecurityException, IOException {
    var store = empty();
    for (TrustManager host : managers(null)) {
      if (host instanceof X509TrustManager known) {
        for (Certificate each : known.getAcceptedIssuers()) {
          store.setCertificateEntry("host-" + store.size(), each);
        }
      }
    }
    for (File file : authorities) {
      for (Certificate each : certificates(file.path())) {
        store.setCertificateEntry("own-" + store.size(), each);
      }
    }
    return managers(store);
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (clients.isEmpty()) {
      return null;
    }
    var store = empty();
    for (File file : clients) {
      var chain = certificates(file.path()).toArray(Certificate[]::new);
      store.setKeyEntry(
          "client-" + store.size(), PemKey.read(key(file.path())), NO_PASSWORD, chain);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("there is no certificate in " + file);
      }
      return found;
    }
  }
}
