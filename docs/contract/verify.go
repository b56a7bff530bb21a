// Checks that a call comes from Bakeoff. Standard library only: copy Verify into your agent.
//
// Run as a program (go run verify.go) it checks itself against vectors.json in the working directory,
// or the file it is given.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Answer 401 to each of these.
var (
	ErrMissingHeader = errors.New("missing_header")
	ErrBadID         = errors.New("bad_id")
	ErrBadTimestamp  = errors.New("bad_timestamp")
	ErrStale         = errors.New("stale")
	ErrBadSignature  = errors.New("bad_signature")
)

// ToleranceS is how far a timestamp may lie from this clock, either way.
const ToleranceS = 300

var (
	idForm        = regexp.MustCompile(`^[A-Za-z0-9_-]{1,255}$`)
	timestampForm = regexp.MustCompile(`^[0-9]{1,12}$`)
)

// Verify returns the call's id. The body is the raw bytes, before any parsing.
func Verify(secrets []string, headers http.Header, body []byte, nowS int64) (string, error) {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	signatures := headers.Get("webhook-signature")
	if id == "" || timestamp == "" || signatures == "" {
		return "", ErrMissingHeader
	}
	if !idForm.MatchString(id) {
		return "", ErrBadID
	}
	if !timestampForm.MatchString(timestamp) {
		return "", ErrBadTimestamp
	}
	atS, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return "", ErrBadTimestamp
	}
	if nowS-atS > ToleranceS || atS-nowS > ToleranceS {
		return "", ErrStale
	}
	matched := false
	for _, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil {
			return "", err
		}
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.", id, timestamp)
		mac.Write(body)
		ours := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		for i, theirs := range strings.Split(signatures, " ") {
			if i < 16 && hmac.Equal(ours, []byte(theirs)) {
				matched = true
			}
		}
	}
	if !matched {
		return "", ErrBadSignature
	}
	return id, nil
}

// AnswerChallenge is the proof for a health probe with bakeoff-challenge: {"status": "ok", ..., "challenge": the proof}.
func AnswerChallenge(secret, challenge string) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "bakeoff-challenge\n%s", challenge)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

type vector struct {
	Name    string            `json:"name"`
	Secrets []string          `json:"secrets"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	NowS    int64             `json:"now_s"`
	Error   *string           `json:"error"`
}

// outcome is the error's code, or "" when the vector is accepted.
func (v vector) outcome() string {
	headers := http.Header{}
	for name, value := range v.Headers {
		headers.Set(name, value)
	}
	if _, err := Verify(v.Secrets, headers, []byte(v.Body), v.NowS); err != nil {
		return err.Error()
	}
	return ""
}

func (v vector) expected() string {
	if v.Error == nil {
		return ""
	}
	return *v.Error
}

func main() {
	path := "vectors.json"
	if len(os.Args) > 1 {
		path = os.Args[1]
	}
	text, err := os.ReadFile(path)
	var file struct {
		Vectors    []vector
		Challenges []struct{ Secret, Challenge, Answer string }
	}
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	wrong := 0
	for _, v := range file.Vectors {
		if got := v.outcome(); got != v.expected() {
			wrong++
			fmt.Printf("%s: expected %q, got %q\n", v.Name, v.expected(), got)
		}
	}
	unproven := 0
	for _, c := range file.Challenges {
		if answer, err := AnswerChallenge(c.Secret, c.Challenge); err != nil || answer != c.Answer {
			unproven++
		}
	}
	fmt.Printf("%d of %d vectors agree\n", len(file.Vectors)-wrong, len(file.Vectors))
	if wrong > 0 || unproven > 0 || len(file.Vectors) == 0 {
		os.Exit(1)
	}
}
